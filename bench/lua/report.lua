-- What every script reports at the end: one line that bench/load.py reads. Times in milliseconds.
function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    '\nREPORT {"requests":%d,"seconds":%f,"bytes":%d,"mean":%f,"p50":%f,"p95":%f,"errors":%d}\n',
    summary.requests, summary.duration / 1e6, summary.bytes, latency.mean / 1000,
    latency:percentile(50.0) / 1000, latency:percentile(95.0) / 1000,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout
  ))
end
