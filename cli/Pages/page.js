// Draws the page's figures where plotly.js could be loaded, in the colours that the reader's system asks for; the still images remain for print and for everyone else.
(function () {
  "use strict";
  var dark = window.matchMedia("(prefers-color-scheme: dark)");
  var ink = "#1d2329", light = "#e3e7ea", quiet = "#9aa6b0", grid = "#39424b", raised = "#1e242a";
  var colours = { "#000000": light, "#1d2329": light, "#0072B2": "#4fa8e0", "#7F7F7F": "#a8a8a8", "rgba(0,0,0,0.15)": "rgba(255,255,255,0.2)" };

  // Colours that are too dark for a dark ground, lighter; everything else as it stands. Long lists of numbers are not copied.
  function recoloured(value) {
    if (typeof value === "string") return colours[value] || value;
    if (Array.isArray(value)) return value.some(function (one) { return typeof one === "string" || (one && typeof one === "object"); }) ? value.map(recoloured) : value;
    if (!value || typeof value !== "object") return value;
    var copy = {};
    Object.keys(value).forEach(function (key) { copy[key] = key === "x" || key === "y" || key === "z" ? value[key] : recoloured(value[key]); });
    return copy;
  }

  function axis(of) { return Object.assign({}, of, { gridcolor: grid, linecolor: quiet, tickcolor: quiet, zerolinecolor: grid }); }

  // A figure in the colours of the page. What lies on a map stays: the map's own colours do.
  function themed(chart, isDark) {
    var layout = Object.assign({}, chart.layout, { autosize: true });
    delete layout.width;
    if (!isDark) return { data: chart.data, layout: layout };
    var hasMap = chart.data.some(function (trace) { return trace.type === "heatmap" || trace.type === "contour"; });
    var template = layout.template || {}, looks = template.layout || {};
    layout.template = Object.assign({}, template, { layout: Object.assign({}, looks, {
      font: Object.assign({}, looks.font, { color: light }), paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
      colorway: recoloured(looks.colorway || []), xaxis: axis(looks.xaxis), yaxis: axis(looks.yaxis),
      legend: Object.assign({}, looks.legend, { bgcolor: "rgba(0,0,0,0)" }), hoverlabel: Object.assign({}, looks.hoverlabel, { bgcolor: raised, bordercolor: quiet, font: Object.assign({}, (looks.hoverlabel || {}).font, { color: light }) })
    }) });
    ["shapes"].forEach(function (part) { if (layout[part]) layout[part] = recoloured(layout[part]); });
    if (layout.annotations && hasMap) layout.annotations = layout.annotations.map(function (one) { return one.xref === "paper" ? one : Object.assign({}, one, { font: Object.assign({ color: ink }, one.font) }); });
    if (layout.updatemenus) layout.updatemenus = layout.updatemenus.map(function (one) { return Object.assign({ bgcolor: "#ffffff", bordercolor: quiet }, one, { font: Object.assign({ color: ink }, one.font) }); });
    return { data: hasMap ? chart.data : recoloured(chart.data), layout: layout };
  }

  function draw(figure, isDark) {
    var chart = JSON.parse(document.getElementById(figure.dataset.figure).textContent);
    var shown = themed(chart, isDark);
    figure.classList.add("drawn");
    window.Plotly.react(figure.querySelector(".plot"), shown.data, shown.layout, Object.assign({ displaylogo: false }, chart.config, { responsive: true }));
  }

  function all(selector) { return Array.prototype.slice.call(document.querySelectorAll(selector)); }

  // What is wider than its place can be scrolled by keys; what fits is no stop on the way.
  function scrollers() {
    all(".table, pre, math[display=block]").forEach(function (place) {
      if (place.scrollWidth > place.clientWidth + 1) place.setAttribute("tabindex", "0");
      else place.removeAttribute("tabindex");
    });
  }

  function whenThemeChanges(then) { dark.addEventListener("change", then); }

  window.Ndt = { themed: themed, isDark: function () { return dark.matches; }, whenThemeChanges: whenThemeChanges, scrollers: scrollers };

  var contents = document.querySelector(".contents > details");
  if (contents && window.matchMedia("(max-width: 60rem)").matches) contents.open = false;
  scrollers();
  window.addEventListener("resize", scrollers);
  document.addEventListener("toggle", scrollers, true);
  if (!window.Plotly) return;
  var figures = all("figure[data-figure]");
  figures.forEach(function (figure) { draw(figure, dark.matches); });
  whenThemeChanges(function () { figures.forEach(function (figure) { draw(figure, dark.matches); }); });

  // Paper is white. Where a still image is, it is printed instead.
  var without = figures.filter(function (figure) { return !figure.querySelector("img.still"); });
  window.addEventListener("beforeprint", function () { if (dark.matches) without.forEach(function (figure) { draw(figure, false); }); });
  window.addEventListener("afterprint", function () { if (dark.matches) without.forEach(function (figure) { draw(figure, true); }); });
})();
