/** Leaflet, as django-leaflet ships it: the only reader of window.L. */

export const L = window.L;
