// Draws the page's figures where plotly.js could be loaded, in the colours that the reader's system asks for; the still images remain for print and for everyone else.
(function () {
  "use strict";
  var dark = window.matchMedia("(prefers-color-scheme: dark)");
  var ink = "#1d2329", light = "#e3e7ea", quiet = "#9aa6b0", grid = "#39424b", raised = "#1e242a";
  var colours = { "#000000": light, "#1d2329": light, "#0072B2": "#3d94d6", "#56B4E9": "#a5dbf7", "#7F7F7F": "#a8a8a8", "rgba(0,0,0,0.15)": "rgba(255,255,255,0.2)" };

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

  function wrapped(text, characters) {
    return text.split(" ").reduce(function (lines, word) {
      var last = lines.length - 1;
      if (last >= 0 && (lines[last] + " " + word).length <= characters) lines[last] += " " + word;
      else lines.push(word);
      return lines;
    }, []).join("<br>");
  }

  // A title of an axis does not wrap by itself: on a narrow screen it would be cut off. It stands in the middle of its axis, whose length shows only once it is drawn.
  function fitTitles(plot) {
    var drawn = plot._fullLayout, size = drawn._size, changes = {};
    Object.keys(plot.layout).forEach(function (name) {
      var title = /^xaxis/.test(name) && plot.layout[name].title, text = title && (title.text || title);
      if (typeof text !== "string" || text.indexOf("<") >= 0) return;
      var domain = drawn[name].domain, room = size.w * (domain[1] - domain[0]) + 2 * Math.min(size.l, size.r);
      var characters = Math.max(12, Math.floor(room / (drawn[name].title.font.size * 0.54)));
      if (text.length > characters) changes[name + ".title.text"] = wrapped(text, characters);
    });
    if (Object.keys(changes).length > 0) window.Plotly.relayout(plot, changes);
  }

  // On a narrow screen long names of rows would leave no room for the drawing: they wrap, the rows move apart, and the margin is as wide as they need.
  function narrowed(chart, width) {
    var longest = 0;
    chart.data.forEach(function (trace) { (trace.y || []).forEach(function (value) { if (typeof value === "string") longest = Math.max(longest, value.length); }); });
    if (width >= 560 || longest === 0) return chart;
    function short(value) { return typeof value === "string" ? wrapped(value, 20) : value; }
    var names = [];
    var data = chart.data.map(function (trace) {
      if (!trace.y || typeof trace.y[0] !== "string") return trace;
      var copy = Object.assign({}, trace, { y: trace.y.map(short) });
      copy.y.forEach(function (name) { if (names.indexOf(name) < 0) names.push(name); });
      return copy;
    });
    var layout = Object.assign({}, chart.layout);
    if (layout.margin) layout.margin = Object.assign({}, layout.margin, { l: 10 });
    Object.keys(layout).forEach(function (name) {
      if (!/^yaxis/.test(name)) return;
      layout[name] = Object.assign({}, layout[name], { tickfont: Object.assign({}, layout[name].tickfont, { size: 10 }) });
      if (layout[name].categoryarray) layout[name].categoryarray = layout[name].categoryarray.map(short);
    });
    layout.yaxis = Object.assign({ tickfont: { size: 10 } }, layout.yaxis);
    // Numbers in the cells of a map would run into each other at their usual size.
    var small = data.some(function (trace) { return trace.type === "heatmap"; }) ? { font: { size: 9 } } : {};
    if (layout.annotations) layout.annotations = layout.annotations.map(function (one) { return Object.assign({}, one, { y: short(one.y) }, one.xref === "paper" ? {} : small); });
    var lines = Math.max.apply(null, names.map(function (name) { return name.split("<br>").length; }));
    var margin = layout.margin || {}, room = names.length * (lines * 13 + 4) + (margin.t || 0) + (margin.b || 0);
    if (longest > 20) layout.height = Math.max(layout.height || 0, room);
    return { data: data, layout: layout };
  }

  function draw(figure, isDark) {
    var chart = JSON.parse(document.getElementById(figure.dataset.figure).textContent);
    var shown = narrowed(themed(chart, isDark), figure.clientWidth), plot = figure.querySelector(".plot");
    figure.classList.add("drawn");
    if (shown.layout.height) plot.style.height = shown.layout.height + "px";
    window.Plotly.react(plot, shown.data, shown.layout, Object.assign({ displaylogo: false }, chart.config, { responsive: true })).then(fitTitles);
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
