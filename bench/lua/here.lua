-- Places all over the plan's area: WEST, SOUTH, EAST, NORTH.
dofile(os.getenv("BENCH_LUA") .. "/report.lua")
local west, south = tonumber(os.getenv("WEST")), tonumber(os.getenv("SOUTH"))
local east, north = tonumber(os.getenv("EAST")), tonumber(os.getenv("NORTH"))

function request()
  local lon = west + (east - west) * math.random()
  local lat = south + (north - south) * math.random()
  return wrk.format("GET", string.format("%s?lon=%.6f&lat=%.6f", wrk.path, lon, lat))
end
