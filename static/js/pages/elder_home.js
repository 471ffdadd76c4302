/** The home page of 长辈版: links onto the live map (`/#feature=…`) lead to the map itself, which stands one address further. */

const page = document.querySelector("[data-map-page]");

if (/^#(map|layers|feature|at|compare|chapter)=/.test(window.location.hash)) {
  window.location.replace(page.dataset.mapPage + window.location.hash);
}
