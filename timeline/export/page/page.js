// Draws the timeline for the reader's light or dark screen, and leads from a mark to its row in the table.
// `vegaEmbed` comes from the bundle that this is put into; `ast` has Vega interpret its expressions, for nothing here may be compiled.
const specs = JSON.parse(document.getElementById("specs").textContent);
const place = document.getElementById("chart");
const dark = window.matchMedia("(prefers-color-scheme: dark)");
let drawn = null;

function openRow(event, item) {
  const id = item && item.datum && item.datum.event_id;
  const row = id && !event.shiftKey ? document.getElementById(`event-${id}`) : null;
  if (row) {
    row.scrollIntoView({ block: "center" });
    row.focus({ preventScroll: true });
  }
}

// The legend breaks into lines by the width that a first pass gives it, and only a second one knows its height.
async function fitted() {
  if (drawn) await drawn.view.resize().runAsync();
}

async function draw() {
  const style = getComputedStyle(document.body);
  const line = style.getPropertyValue("--line").trim();
  const axis = { gridColor: line, domainColor: line, tickColor: line };
  const look = { background: "transparent", font: style.fontFamily, axis };
  const options = {
    ast: true, actions: false, defaultStyle: false, renderer: "svg", logLevel: 1, config: look, tooltip: { disableDefaultStyle: true },
  };
  try {
    const fresh = await vegaEmbed(place, dark.matches ? specs.dark : specs.light, options);
    if (drawn) drawn.finalize();
    drawn = fresh;
    fresh.view.addEventListener("click", openRow);
    await fitted();
  } catch (fault) {
    place.textContent = `${place.dataset.fault} ${fault.message}`;
  }
}

dark.addEventListener("change", draw);
window.addEventListener("resize", () => requestAnimationFrame(fitted));
draw();
