"""A QR code as one SVG path, so that a printed sheet leads back to the live map."""

import segno

from maps.drawing.svg import element

# Modules of white that a reader needs around the code (ISO/IEC 18004).
QUIET = 4
LONGEST = 600


def qr_code(address: str, x: float, y: float, size: float) -> str:
    """Return the code for an address, `size` wide with its quiet zone, upper left corner at x, y.

    Addresses over 600 characters make modules too small for a phone to read off A4: the code is left out.
    """
    if len(address) > LONGEST:
        return ""
    matrix = segno.make(address, error="m", micro=False).matrix
    unit = size / (len(matrix) + 2 * QUIET)
    data = []
    for row, modules in enumerate(matrix):
        column = 0
        while column < len(modules):
            run = 0
            while column + run < len(modules) and modules[column + run]:
                run += 1
            if run:
                data.append(f"M{column + QUIET} {row + QUIET}h{run}v1h-{run}z")
            column += run or 1
    moved = f"translate({x:.2f} {y:.2f}) scale({unit:.4f})"
    ground = element("rect", width=len(matrix) + 2 * QUIET, height=len(matrix) + 2 * QUIET, fill="#ffffff")
    code = element("path", d="".join(data), fill="#000000", shape_rendering="crispEdges")
    return element("g", ground, code, transform=moved)
