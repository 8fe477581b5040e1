/* setting_list.h: rows of the server's settings; see setting.h. No include
 * guard: it is included once for each use. S(ID, key and flag, argument, built
 * in, help). The key stands in overpassd.ini below [server], the flag is
 * --KEY with - for _. */
S(STORE, "store", "URL", "", N_("the database: sqlite:PATH or postgres://USER@HOST/DB"))
S(EVIDENCE, "evidence", "DIR", "", N_("evidence files, for a database in PostgreSQL; empty: in the data folder of the user"))
S(LISTEN, "listen", "ADDRESS", "127.0.0.1:8080", N_("ADDRESS:PORT; [::]:8443 for every address"))
S(PUBLIC_URL, "public_url", "URL", "", N_("what links begin with, as people reach the server: https://centre.example; empty: made of listen"))
S(CERTIFICATE, "certificate", "FILE", "", N_("the certificate and its chain, PEM; without it only this machine is answered"))
S(KEY, "key", "FILE", "", N_("the key of the certificate, PEM"))
S(BEHIND_PROXY, "behind_proxy", "yes|no", "no", N_("yes: a proxy on this machine or network did TLS; the last X-Forwarded-For is the peer"))
S(THREADS, "threads", "1-16", "2", N_("threads that answer"))
S(CONNECTIONS, "connections", "16-100000", "4096", N_("connections at a time; more are closed at once"))
S(PER_ADDRESS, "per_address", "0-100000", "256", N_("connections from one address; 0: any number"))
S(BODY_MAX, "body_max", "4096-268435456", "16777216", N_("bytes of a request's body, decompressed"))
S(KEEP_SECONDS, "keep_seconds", "1-3600", "75", N_("a connection on which nothing happens is closed"))
S(HEADER_SECONDS, "header_seconds", "1-600", "20", N_("all headers of a request must have come"))
S(BODY_SECONDS, "body_seconds", "1-600", "30", N_("for a body, or for reading an answer, besides a second for each kilobyte"))
S(IDLE_MINUTES, "idle_minutes", "1-1440", "60", N_("a login that isn't used ends after so many minutes"))
S(SESSION_HOURS, "session_hours", "1-168", "12", N_("a login ends after so many hours in any case"))
S(LOG, "log", "all|errors|none", "all", N_("what is logged to standard error"))
S(UTC_OFFSET, "utc_offset", "SECONDS", "28800", N_("seconds east of UTC of the centre's clock"))
S(PLANNER, "planner", "FILE", "", N_("limits and weights of the timetable; empty: data/planner.ini of the program"))
