-- The same address over and over.
dofile(os.getenv("BENCH_LUA") .. "/report.lua")
