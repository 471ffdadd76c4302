/** For browsers too old for modules, which is why this is none: the page is laid out as it is without script. */

(function () {
  var link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = document.currentScript.getAttribute("data-style");
  document.head.appendChild(link);
})();
