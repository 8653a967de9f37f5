/** A page that shows the spectrum for the numbers in its fields. */
import { spectrum } from "../spectrum.ts";

const coupling = field("coupling");
const mass = field("mass");

function show(): void {
  const { counts, edges, total, chi2 } = spectrum(coupling.valueAsNumber, mass.valueAsNumber);
  element("summary").textContent = `${total.toFixed(2)} counts, chi2 ${chi2.toFixed(3)}`;
  element("counts").replaceChildren(
    ...counts.map((count, i) => row(`${edges[i]} to ${edges[i + 1]}`, count.toFixed(2))),
  );
}

function row(...texts: readonly string[]): HTMLTableRowElement {
  const made = document.createElement("tr");
  for (const text of texts) made.insertCell().textContent = text;
  return made;
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found;
}

function field(id: string): HTMLInputElement {
  const found = element(id);
  if (!(found instanceof HTMLInputElement)) throw new Error(`#${id} is no field`);
  found.addEventListener("input", show);
  return found;
}

show();
