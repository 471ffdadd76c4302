/**
 * Lengths and areas on the ellipsoid (CGCS2000's GRS 80; WGS 84 differs by less than a millimetre here), of [lon, lat].
 *
 * Lengths: Vincenty's inverse solution, good to less than a millimetre; nearly antipodal points, where it doesn't
 * converge, fall back to the sphere (0.5 %). Areas: on the authalic sphere, which has the ellipsoid's own area; edges
 * are the sphere's great circles instead of geodesics, which for figures of up to 100 km changes less than 0.01 %.
 */

const A = 6378137;
const F = 1 / 298.257222101;
const B = A * (1 - F);
const E2 = F * (2 - F);
const E = Math.sqrt(E2);
const RAD = Math.PI / 180;

function onSphere([lon1, lat1], [lon2, lat2]) {
  const half = (x) => Math.sin(x / 2) * Math.sin(x / 2);
  const h = half((lat2 - lat1) * RAD) + Math.cos(lat1 * RAD) * Math.cos(lat2 * RAD) * half((lon2 - lon1) * RAD);
  return 2 * 6371008.8 * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** One round of Vincenty's iteration for the difference in longitude `lambda` on the auxiliary sphere. */
function round(lambda, L, u1, u2) {
  const [s1, c1, s2, c2] = [Math.sin(u1), Math.cos(u1), Math.sin(u2), Math.cos(u2)];
  const across = c2 * Math.sin(lambda);
  const along = c1 * s2 - s1 * c2 * Math.cos(lambda);
  const sinSigma = Math.hypot(across, along);
  if (sinSigma === 0) return null;
  const cosSigma = s1 * s2 + c1 * c2 * Math.cos(lambda);
  const sigma = Math.atan2(sinSigma, cosSigma);
  const sinAlpha = (c1 * c2 * Math.sin(lambda)) / sinSigma;
  const cos2Alpha = 1 - sinAlpha * sinAlpha;
  const cosM = cos2Alpha === 0 ? 0 : cosSigma - (2 * s1 * s2) / cos2Alpha;
  const C = (F / 16) * cos2Alpha * (4 + F * (4 - 3 * cos2Alpha));
  const next = L + (1 - C) * F * sinAlpha * (sigma + C * sinSigma * (cosM + C * cosSigma * (2 * cosM * cosM - 1)));
  return { next, sigma, sinSigma, cosSigma, cos2Alpha, cosM };
}

/** Return the metres between two positions. */
export function metresBetween(a, b) {
  const L = (b[0] - a[0]) * RAD;
  const u1 = Math.atan((1 - F) * Math.tan(a[1] * RAD));
  const u2 = Math.atan((1 - F) * Math.tan(b[1] * RAD));
  let lambda = L;
  for (let i = 0; i < 100; i += 1) {
    const found = round(lambda, L, u1, u2);
    if (!found) return 0;
    if (Math.abs(found.next - lambda) < 1e-12) {
      const { sigma, sinSigma, cosSigma, cos2Alpha, cosM } = found;
      const k = (cos2Alpha * (A * A - B * B)) / (B * B);
      const p = 1 + (k / 16384) * (4096 + k * (-768 + k * (320 - 175 * k)));
      const q = (k / 1024) * (256 + k * (-128 + k * (74 - 47 * k)));
      const rest = cosSigma * (2 * cosM * cosM - 1) - (q / 6) * cosM * (4 * sinSigma * sinSigma - 3) * (4 * cosM * cosM - 3);
      return B * p * (sigma - q * sinSigma * (cosM + (q / 4) * rest));
    }
    lambda = found.next;
  }
  return onSphere(a, b);
}

/** Return the metres along a line of positions. */
export function lengthOf(line) {
  return line.slice(1).reduce((sum, position, i) => sum + metresBetween(line[i], position), 0);
}

function authalicQ(sine) {
  const x = E * sine;
  return (1 - E2) * (sine / (1 - x * x) + Math.log((1 + x) / (1 - x)) / (2 * E));
}

const Q_POLE = authalicQ(1);
const AUTHALIC_RADIUS = A * Math.sqrt(Q_POLE / 2);

/** Return the square metres within a ring of positions (closed or not); a ring that crosses itself has no right answer. */
export function areaOf(ring) {
  const points = ring.map(([lon, lat]) => ({ lon: lon * RAD, half: Math.asin(authalicQ(Math.sin(lat * RAD)) / Q_POLE) / 2 }));
  let excess = 0;
  points.forEach((a, i) => {
    const b = points[(i + 1) % points.length];
    const step = Math.atan2(Math.sin(b.lon - a.lon), Math.cos(b.lon - a.lon));
    const tans = Math.tan(a.half) + Math.tan(b.half);
    excess += 2 * Math.atan2(Math.tan(step / 2) * tans, 1 + Math.tan(a.half) * Math.tan(b.half));
  });
  return Math.abs(excess) * AUTHALIC_RADIUS * AUTHALIC_RADIUS;
}

/** Say whether two edges of a ring cross each other. */
export function crossesItself(ring) {
  const side = ([ax, ay], [bx, by], [cx, cy]) => Math.sign((bx - ax) * (cy - ay) - (by - ay) * (cx - ax));
  const count = ring.length;
  return ring.some((a, i) => {
    const b = ring[(i + 1) % count];
    return ring.some((c, j) => {
      if (j <= i + 1 || (i === 0 && j === count - 1)) return false;
      const d = ring[(j + 1) % count];
      return side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b);
    });
  });
}
