"""Reads iCalendar files with two libraries that know nothing of each other, and
holds both against the meetings the store lists. Prints what differs.

    calendar_check.py FILE.ics LIST.json     the list is `session list --json`
"""
import datetime
import json
import sys

import icalendar
import vobject

STATUS = {"PLANNED": "TENTATIVE", "MOVED": "TENTATIVE", "PUBLISHED": "CONFIRMED",
          "HELD": "CONFIRMED", "CANCELLED": "CANCELLED"}
ZONE = datetime.timezone(datetime.timedelta(hours=8))


def clock(value):
    """Minutes of the day, whether written as a number or as a clock."""
    if isinstance(value, int):
        return value
    hours, minutes = value.split(":")
    return int(hours) * 60 + int(minutes)


def wanted(meeting):
    day = datetime.datetime.fromisoformat(meeting["on_date"]).replace(tzinfo=ZONE)
    return (day + datetime.timedelta(minutes=clock(meeting["start_min"])),
            day + datetime.timedelta(minutes=clock(meeting["end_min"])),
            STATUS[meeting["state"]], meeting["rev"] - 1, meeting["mode"],
            meeting["room"] or "")


def by_icalendar(data):
    calendar = icalendar.Calendar.from_ical(data)
    assert not calendar.errors, calendar.errors
    assert calendar["PRODID"] == "-//Overpass//Timetable//ZH" and calendar["VERSION"] == "2.0"
    assert calendar["METHOD"] == "PUBLISH" and len(calendar.walk("VTIMEZONE")) == 1
    for event in calendar.walk("VEVENT"):
        assert not event.errors, event.errors
        yield (str(event["UID"]), event["DTSTART"].dt, event["DTEND"].dt, str(event["STATUS"]),
               int(event["SEQUENCE"]), str(event["CATEGORIES"].to_ical(), "utf-8"),
               str(event.get("LOCATION", "")), str(event["SUMMARY"]))


def by_vobject(data):
    calendar = vobject.readOne(data.decode("utf-8"))
    calendar.validate(raiseException=True)
    for event in calendar.contents.get("vevent", []):
        yield (event.uid.value, event.dtstart.value, event.dtend.value, event.status.value,
               int(event.sequence.value), event.categories.value[0],
               event.location.value if "location" in event.contents else "",
               event.summary.value)


def main():
    with open(sys.argv[1], "rb") as file:
        data = file.read()
    with open(sys.argv[2], encoding="utf-8") as file:
        meetings = {str(m["id"]): m for m in json.load(file)["items"]}
    for line in data.split(b"\r\n"):
        assert b"\n" not in line and len(line) <= 75, line
        line.decode("utf-8")
    readings = [sorted(by_icalendar(data)), sorted(by_vobject(data))]
    if readings[0] != readings[1]:
        print("the libraries read it differently")
    if len(readings[0]) != len(meetings):
        print(f"{len(readings[0])} events of {len(meetings)} meetings")
    for uid, start, end, status, sequence, mode, location, summary in readings[0]:
        number = uid.split("@")[0].removeprefix("session-")
        meeting = meetings.get(number)
        if not meeting:
            print(f"{uid} is not listed")
            continue
        start_w, end_w, status_w, sequence_w, mode_w, room = wanted(meeting)
        if (start, end, status, sequence, mode) != (start_w, end_w, status_w, sequence_w, mode_w):
            print(f"{uid}: {start} {end} {status} {sequence} {mode}, not {wanted(meeting)}")
        if not location.startswith(room) or meeting["course"] not in summary:
            print(f"{uid}: {location!r} {summary!r}")


main()
