// The explorer of records: what is chosen stands in the address, the series of a run are read from its file when they are asked for.
(function () {
  "use strict";
  var data = JSON.parse(document.getElementById("records").textContent);
  var form = document.getElementById("choice");
  var said = document.getElementById("said");
  var plot = document.getElementById("plot");
  var csv = document.getElementById("csv");
  var values = document.getElementById("values");
  var parts = ["group", "network", "dataset", "seed"];
  var views = { study: "", token_mean: ", mean over tokens" };
  var groups = { study: "study", shuffled_labels: "shuffled labels", zero_learning_rate: "learning rate zero", fresh_probe: "fresh probe images" };
  var packed = {}, opened = {}, drawn = 0, shown = [], address = "", file = "";

  window.ndtRecord = function (id, text) { packed[id] = text; };

  function control(line, part) { return form.querySelector("[data-line=" + line + "] [data-part=" + part + "]"); }

  function words(name) {
    return name.split("/").map(function (part) { return data.names[part] || part.replace(/_/g, " "); }).join(": ").replace(/^[a-z]/, function (first) { return first.toUpperCase(); });
  }

  function label(part, value) {
    if (value === "") return "none";
    if (part === "group") return groups[value] || words(value);
    return part === "seed" ? value : words(value);
  }

  // Options of a select: the choice stays where it is still there, else the first is taken.
  function fill(select, options, wanted) {
    var kept = wanted === undefined ? select.value : wanted;
    var same = select.options.length === options.length && options.every(function (option, i) { return select.options[i].value === option[0]; });
    if (!same) {
      select.textContent = "";
      options.forEach(function (option) { select.add(new Option(option[1], option[0])); });
    }
    if (options.some(function (option) { return option[0] === kept; })) select.value = kept;
    else select.selectedIndex = 0;
    select.disabled = options.length === 0;
  }

  function listed(line, wanted) {
    var left = data.runs;
    parts.forEach(function (part) {
      var known = [];
      left.forEach(function (run) { var value = String(run[part]); if (known.indexOf(value) < 0) known.push(value); });
      if (part === "seed") known.sort(function (a, b) { return a - b; });
      if (part === "group") known.sort(function (a, b) { return (a !== "study") - (b !== "study"); });
      var options = known.map(function (value) { return [value, label(part, value)]; });
      if (line === "b" && part === "group") options.unshift(["", "none"]);
      var select = control(line, part);
      fill(select, options, wanted && wanted[part]);
      left = left.filter(function (run) { return String(run[part]) === select.value; });
    });
    return left[0];
  }

  function bytesOf(text) {
    var binary = atob(text), bytes = new Uint8Array(binary.length);
    for (var i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
    return bytes;
  }

  function open(id) {
    if (!opened[id]) {
      opened[id] = new Promise(function (done, fail) {
        var script = document.createElement("script");
        script.src = data.folder + id.split("/").map(encodeURIComponent).join("/") + ".js";
        script.onload = function () { script.remove(); done(); };
        script.onerror = function () { delete opened[id]; fail(new Error("The file of this run cannot be read: " + script.getAttribute("src"))); };
        document.head.append(script);
      }).then(function () {
        var stream = new Blob([bytesOf(packed[id])]).stream().pipeThrough(new DecompressionStream("deflate"));
        delete packed[id];
        return new Response(stream).json();
      });
    }
    return opened[id];
  }

  function layerLabel(layer) { return layer.name === "" ? "whole network" : layer.name + (layer.view in views ? views[layer.view] : ", " + layer.view); }

  function key(layer) { return layer.name + (layer.view === "" || layer.view === "study" ? "" : "|" + layer.view); }

  function layersOf(record, chosen) {
    var every = chosen.slice(0, 1) === "*" ? chosen.slice(2) || "study" : null;
    return record.layers.filter(function (layer) { return every === null ? key(layer) === chosen : layer.name !== "" && layer.view === every; });
  }

  function measured(line, record, wanted) {
    var options = record.layers.map(function (layer) { return [key(layer), layerLabel(layer)]; });
    var found = [];
    record.layers.forEach(function (layer) { if (layer.view !== "" && found.indexOf(layer.view) < 0) found.push(layer.view); });
    found.forEach(function (view) { options.push(["*" + (view === "study" ? "" : "|" + view), "every layer" + (view in views ? views[view] : ", " + view)]); });
    var select = control(line, "layer"), before = select.value;
    fill(select, options, wanted && wanted.layer !== undefined ? wanted.layer : before === "" && select.options.length === 0 ? options[Math.min(1, options.length - 1)][0] : before);
    var metrics = [];
    layersOf(record, select.value).forEach(function (layer) { Object.keys(layer.metrics).forEach(function (name) { if (metrics.indexOf(name) < 0) metrics.push(name); }); });
    var metric = control(line, "metric");
    var preferred = wanted && wanted.metric ? wanted.metric : metric.value || "stable_rank";
    fill(metric, metrics.map(function (name) { return [name, data.metrics[name] || name.replace(/_/g, " ")]; }), metrics.indexOf(preferred) < 0 && metrics.indexOf("stable_rank") >= 0 ? "stable_rank" : preferred);
  }

  function number(value) { return value === null || value === undefined ? "–" : String(value).replace("-", "−"); }

  function series(line, run, record) {
    var metric = control(line, "metric").value;
    return layersOf(record, control(line, "layer").value).filter(function (layer) { return layer.metrics[metric]; }).map(function (layer) {
      return { line: line, run: run, record: record, layer: layer, metric: metric, y: layer.metrics[metric], updates: record.updates };
    });
  }

  function runLabel(run) { return words(run.network) + " on " + words(run.dataset) + ", seed " + run.seed + (run.group === "study" ? "" : " (" + label("group", run.group) + ")"); }

  function metricLabel(name) { return data.metrics[name] || name; }

  function axis(name) { return form.querySelector("[data-axis=" + name + "]").checked; }

  function draw() {
    var isDark = window.Ndt.isDark();
    var logX = axis("x"), type = axis("y") ? "log" : "linear";
    var metrics = [];
    shown.forEach(function (one) { if (metrics.indexOf(one.metric) < 0) metrics.push(one.metric); });
    var runs = [];
    shown.forEach(function (one) { if (runs.indexOf(one.run.id) < 0) runs.push(one.run.id); });
    var colours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"];
    var count = { a: 0, b: 0 };
    var many = { a: 0, b: 0 };
    shown.forEach(function (one) { many[one.line]++; });
    var traces = shown.map(function (one) {
      var place = count[one.line]++;
      var colour = many.a > 1 || many.b > 1 ? colours[place % colours.length] : colours[one.line === "a" ? 0 : 1];
      return {
        type: "scatter", mode: "lines", name: (runs.length > 1 ? runLabel(one.run) + ", " : "") + layerLabel(one.layer) + (metrics.length > 1 ? ", " + metricLabel(one.metric) : ""),
        x: one.updates.map(function (update) { return logX ? update + 1 : update; }), y: one.y, customdata: one.updates,
        yaxis: metrics.indexOf(one.metric) === 0 ? "y" : "y2",
        hovertemplate: "update %{customdata}: %{y:.4~g}<extra></extra>",
        line: { color: colour, width: 2, dash: one.line === "b" ? "dash" : place < colours.length ? "solid" : "dot" }
      };
    });
    var lines = { automargin: true, gridcolor: "#e3e7eb", linecolor: "#5b6670", zerolinecolor: "#e3e7eb", tickcolor: "#5b6670", showline: true, ticks: "outside" };
    var layout = {
      template: { layout: { font: { family: "Helvetica Neue, Liberation Sans, Arial, sans-serif", size: 14, color: "#1d2329" }, paper_bgcolor: "#ffffff", plot_bgcolor: "#ffffff", xaxis: lines, yaxis: lines } },
      xaxis: { title: { text: logX ? "update + 1" : "update" }, type: logX ? "log" : "linear" },
      yaxis: { title: { text: metrics.length ? metricLabel(metrics[0]) : "" }, type: type },
      margin: { t: 20, r: metrics.length > 1 ? 60 : 20, l: 60, b: 60 }, height: Math.min(900, 400 + 22 * Math.ceil(traces.length / 2) + 40), autosize: true, showlegend: true,
      legend: { orientation: "h", x: 0, y: -0.22, yanchor: "top" }
    };
    if (metrics.length > 1) layout.yaxis2 = { title: { text: metricLabel(metrics[1]) + " (dashed)" }, type: type, overlaying: "y", side: "right", showgrid: false };
    plot.style.height = layout.height + "px";
    var themed = window.Ndt.themed({ data: traces, layout: layout }, isDark);
    window.Plotly.react(plot, themed.data, themed.layout, { displaylogo: false, responsive: true, modeBarButtonsToRemove: ["select2d", "lasso2d"] });
  }

  function range(one) {
    var finite = one.y.filter(function (value) { return value !== null; });
    return finite.length === 0 ? "no values" : "from " + number(finite[0]) + " to " + number(finite[finite.length - 1]) + ", lowest " + number(Math.min.apply(null, finite)) + ", highest " + number(Math.max.apply(null, finite));
  }

  function tell() {
    said.textContent = "";
    ["a", "b"].forEach(function (line) {
      var of = shown.filter(function (one) { return one.line === line; });
      if (of.length === 0) return;
      var one = of[0];
      var accuracy = one.record.accuracy === undefined ? "" : ", final accuracy " + (100 * one.record.accuracy).toFixed(1) + " %";
      var sentence = document.createElement("span");
      sentence.textContent = (line === "a" ? "First line: " : "Second line: ") + runLabel(one.run) + accuracy + "; " + metricLabel(one.metric) + ", "
        + (of.length === 1 ? layerLabel(one.layer) + ": " + range(one) : of.length + " layers") + ". " + one.updates.length + " of " + one.record.measured + " measurements. ";
      said.append(sentence);
    });
  }

  function rows() {
    var all = [["run", "layer", "view", "metric", "update", "value"]];
    shown.forEach(function (one) {
      one.updates.forEach(function (update, i) { all.push([one.run.id, one.layer.name, one.layer.view, one.metric, update, one.y[i] === null ? "" : one.y[i]]); });
    });
    return all;
  }

  function offer() {
    if (file) URL.revokeObjectURL(file);
    file = URL.createObjectURL(new Blob([rows().map(function (row) {
      return row.map(function (cell) { return /[",\n]/.test(cell) ? "\"" + String(cell).replace(/"/g, "\"\"") + "\"" : cell; }).join(",");
    }).join("\n") + "\n"], { type: "text/csv" }));
    csv.href = file;
    csv.download = shown.map(function (one) { return one.run.id.replace(/\//g, "_"); }).filter(function (id, i, all) { return all.indexOf(id) === i; }).join("_and_") + ".csv";
    table();
  }

  function table() {
    var place = values.querySelector(".table");
    place.textContent = "";
    if (!values.open) return;
    var element = document.createElement("table"), head = element.createTHead().insertRow(), body = element.createTBody();
    function cell(row, text, tag, scope) {
      var made = document.createElement(tag);
      made.textContent = text;
      if (scope) made.scope = scope; else made.style.textAlign = "right";
      row.append(made);
    }
    var updates = [];
    shown.forEach(function (one) { one.updates.forEach(function (update) { if (updates.indexOf(update) < 0) updates.push(update); }); });
    updates.sort(function (a, b) { return a - b; });
    cell(head, "update", "th", "col");
    shown.forEach(function (one) { cell(head, runLabel(one.run) + ", " + layerLabel(one.layer) + ", " + metricLabel(one.metric), "th", "col"); });
    updates.forEach(function (update) {
      var row = body.insertRow();
      cell(row, update, "th", "row");
      shown.forEach(function (one) { var i = one.updates.indexOf(update); cell(row, i < 0 ? "–" : number(one.y[i]), "td"); });
    });
    place.append(element);
    window.Ndt.scrollers();
  }

  function keep(runs) {
    var kept = new URLSearchParams();
    ["a", "b"].forEach(function (line) {
      if (!runs[line]) return;
      kept.set(line, runs[line].id);
      kept.set(line + "l", control(line, "layer").value);
      kept.set(line + "m", control(line, "metric").value);
    });
    ["x", "y"].forEach(function (name) { if (axis(name)) kept.set("log" + name, "1"); });
    address = "#" + kept.toString();
    if (location.hash !== address) location.replace(address);
  }

  // What an address or the controls ask for, drawn; of answers that come late only the last counts.
  function show(wanted) {
    var mine = ++drawn, runs = {};
    ["a", "b"].forEach(function (line) { runs[line] = listed(line, wanted && wanted[line]); });
    var lines = ["a", "b"].filter(function (line) { return runs[line]; });
    if (!runs.b) ["layer", "metric"].forEach(function (part) { fill(control("b", part), []); });
    return Promise.all(lines.map(function (line) { return open(runs[line].id); })).then(function (records) {
      if (mine !== drawn) return;
      shown = [];
      lines.forEach(function (line, i) {
        measured(line, records[i], wanted && wanted[line]);
        shown = shown.concat(series(line, runs[line], records[i]));
      });
      draw();
      tell();
      offer();
      keep(runs);
      document.documentElement.dataset.ready = String(mine);
    }).catch(function (error) { said.textContent = error.message; });
  }

  function fromAddress() {
    var asked = new URLSearchParams(location.hash.slice(1)), wanted = { a: {}, b: { group: "" } };
    ["a", "b"].forEach(function (line) {
      var run = data.runs.find(function (one) { return one.id === asked.get(line); });
      if (!run) return;
      wanted[line] = { group: run.group, network: run.network, dataset: run.dataset, seed: String(run.seed), layer: asked.get(line + "l") || "", metric: asked.get(line + "m") || "" };
    });
    ["x", "y"].forEach(function (name) { form.querySelector("[data-axis=" + name + "]").checked = asked.get("log" + name) === "1"; });
    show(wanted);
  }

  form.addEventListener("change", function () { show(); });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  values.addEventListener("toggle", table);
  window.addEventListener("hashchange", function () { if (location.hash !== address) fromAddress(); });
  window.Ndt.whenThemeChanges(draw);
  fromAddress();
})();
