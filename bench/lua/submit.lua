-- A new comment each time, at a place inside WEST, SOUTH, EAST, NORTH; the number of each acknowledged one goes to FILE.
dofile(os.getenv("BENCH_LUA") .. "/report.lua")
local west, south = tonumber(os.getenv("WEST")), tonumber(os.getenv("SOUTH"))
local east, north = tonumber(os.getenv("EAST")), tonumber(os.getenv("NORTH"))
local text = "村东头这条路下雨就积水，老人孩子出门不方便，希望规划里把排水和路面一起考虑，谢谢。"
local body = '{"topic":"%s","text":"%s","place":{"type":"Point","coordinates":[%.6f,%.6f]},"display_consent":true}'
local sent = 0
local file

function init()
  math.randomseed(os.time())
  file = io.open(os.getenv("FILE"), "a")
end

function request()
  sent = sent + 1
  local lon = west + (east - west) * math.random()
  local lat = south + (north - south) * math.random()
  local key = string.format("%s-%08d-%08d", os.getenv("RUN"), sent, math.random(0, 99999999))
  local headers = { ["Content-Type"] = "application/json", ["Idempotency-Key"] = key }
  return wrk.format("POST", wrk.path, headers, string.format(body, os.getenv("TOPIC"), text, lon, lat))
end

function response(status, headers, answer)
  local number = status == 201 and answer:match('"number":"([^"]+)"')
  file:write(number or ("status-" .. status), "\n")
  file:flush()
end
