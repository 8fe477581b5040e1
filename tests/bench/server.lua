-- server.lua: wrk's requests of the server benchmark. Arguments: WHAT TOKEN ROWS SEED.
--   id       a learner by id, at random      number   the search, by a learner's number
--   search   the search, what clerks type    pouch    the same learner in CouchDB's protocol
--   write    a command each, under a key of its own: another calendar day
local typed = { "wang", "li", "zhang", "lw", "zj", "wxm", "138", "2028", "liuy", "chen" }
local crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
local what, rows, day
local numbers = {}

-- A ULID as every client of ours makes it: ten letters of the time in milliseconds,
-- sixteen of chance. Lua has only seconds, so the clock goes on by requests, some eight
-- in a millisecond: keys come in the order of time, as from desks.
local born, made = os.time() * 1000, 0
local function key()
	local letters = {}
	local ms = born + math.floor(made / 8)
	made = made + 1
	for i = 10, 1, -1 do
		letters[i] = crockford:sub(ms % 32 + 1, ms % 32 + 1)
		ms = math.floor(ms / 32)
	end
	for i = 11, 26 do
		local at = math.random(#crockford)
		letters[i] = crockford:sub(at, at)
	end
	return table.concat(letters)
end

local function write()
	day = day + 1
	local of_year = day % 336
	return wrk.format("POST", "/v1/commands", nil, string.format(
		'{"command":"calendar.set","key":"%s","args":{"on_date":"%04d-%02d-%02d","kind":"CLOSED","name":"Bench"}}',
		key(), 2100 + math.floor(day / 336), math.floor(of_year / 28) + 1, of_year % 28 + 1))
end

function init(args)
	what, rows, day = args[1], tonumber(args[3]), tonumber(args[4])
	math.randomseed(day)
	wrk.headers["Authorization"] = "Bearer " .. args[2]
	wrk.headers["Content-Type"] = "application/json"
	if what == "number" then
		for number in io.lines(args[5]) do numbers[#numbers + 1] = number end
	end
end

function request()
	if what == "write" then return write() end
	if what == "pouch" then return wrk.format("GET", "/students/" .. math.random(rows)) end
	if what == "number" then return wrk.format("GET", "/v1/students?limit=10&q=" .. numbers[math.random(#numbers)]) end
	if what == "search" then return wrk.format("GET", "/v1/students?limit=10&q=" .. typed[math.random(#typed)]) end
	return wrk.format("GET", "/v1/students/" .. math.random(rows))
end

-- "RATE P50 P99 ERRORS": requests a second, µs, µs, how many were not answered well.
function done(summary, latency)
	local bad = summary.errors
	io.write(string.format("figures %d %d %d %d\n", summary.requests / summary.duration * 1e6,
		latency:percentile(50), latency:percentile(99),
		bad.connect + bad.read + bad.write + bad.status + bad.timeout))
end
