// Draws the page's figures where plotly.js could be loaded; the still images remain for print and for everyone else.
(function () {
  "use strict";
  var contents = document.querySelector(".contents > details");
  if (contents && window.matchMedia("(max-width: 60rem)").matches) contents.open = false;
  if (!window.Plotly) return;
  document.querySelectorAll("figure[data-figure]").forEach(function (figure) {
    var chart = JSON.parse(document.getElementById(figure.dataset.figure).textContent);
    var layout = Object.assign({}, chart.layout, { autosize: true });
    delete layout.width;
    figure.classList.add("drawn");
    window.Plotly.newPlot(figure.querySelector(".plot"), chart.data, layout, Object.assign({ displaylogo: false }, chart.config, { responsive: true }));
  });
})();
