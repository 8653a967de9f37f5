/** The page: what is typed is checked and computed a moment later, and shown. */
import "./style.css";
import { Client, Dropped } from "./client.ts";
import { makeEditor } from "./editor.ts";
import type { ExperimentTable, Finding, Picture, Results } from "./protocol.ts";
import { fragmentOf, textOf } from "./share.ts";
import { starts } from "./starts.ts";

/** Milliseconds after the last key until the spec is computed. */
const PAUSE = 150;

const [editorBox, findingsBox, picturesBox, planeBox, countsBox, statusBox] = [
  "editor",
  "findings",
  "pictures",
  "plane",
  "counts",
  "status",
].map(byId) as [HTMLElement, HTMLElement, HTMLElement, HTMLElement, HTMLElement, HTMLElement];
const notice = byId("notice");
const startsList = byId("starts") as HTMLSelectElement;
const downloadList = byId("download") as HTMLSelectElement;

/** One for what the editor asks, which must be quick, and one each for what may take long. */
const service = new Client();
const computer = new Client();
const planner = new Client();

/** The results that are shown, and the text that they are of. */
let shown: { readonly text: string; readonly results: Results } | undefined;
let plane: Picture | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Where the text is kept that was typed, until the tab is closed: it is there again after the page was loaded anew. */
const KEPT = "spec";

/** True when another text was typed or chosen since the notice was written. */
let isNoticeOld = false;

/** True while a text is put into the editor that nobody typed. */
let isPutting = false;

const editor = makeEditor(editorBox, service, () => {
  if (!isPutting) {
    startsList.value = "";
    keep();
  }
  clearTimeout(timer);
  stale(true);
  say("…");
  timer = setTimeout(() => void update(), PAUSE);
});

/** The link in the address is one to another text now. */
function keep(): void {
  isNoticeOld = true;
  sessionStorage.setItem(KEPT, editor.text());
  if (location.hash !== "") history.replaceState(undefined, "", location.pathname + location.search);
}

function put(text: string, start = ""): void {
  isPutting = true;
  editor.replace(text);
  isPutting = false;
  startsList.value = start;
}

async function update(): Promise<void> {
  const text = editor.text();
  // What is computed for an older text is of no use any more.
  if (computer.busy) computer.restart();
  if (planner.busy) planner.restart();
  say("computing…");
  const words = service.ask("words", text).then(editor.showWords);
  await Promise.allSettled([words, evaluate(text)]);
}

async function evaluate(text: string): Promise<void> {
  const began = performance.now();
  try {
    const { findings, results } = await computer.ask("evaluate", text);
    showFindings(findings);
    if (results === undefined) return say(summaryOf(findings));
    if (isNoticeOld) notice.textContent = "";
    shown = { text, results };
    plane = undefined;
    show(results);
    stale(false);
    if (results.tables.length === 0) return say("no `analysis` says what to compute: add one");
    say(`${Math.round(performance.now() - began)} ms; looking for the best fit…`);
    plane = await planner.ask("plane", text, 0, 120);
    planeBox.replaceChildren(...(plane === undefined ? [] : [figureOf(plane)]));
    say(plane === undefined ? "up to date; a profile or contour needs a `free` parameter" : "up to date");
  } catch (problem) {
    if (!(problem instanceof Dropped))
      say(problem instanceof Error ? problem.message : String(problem), true);
  }
}

function summaryOf(findings: readonly Finding[]): string {
  const errors = findings.filter(({ severity }) => severity === "error").length;
  return errors === 0
    ? "nothing to compute"
    : `${errors} error${errors === 1 ? "" : "s"}; the results are of the last sound text`;
}

function showFindings(findings: readonly Finding[]): void {
  editor.showFindings(findings);
  findingsBox.replaceChildren(
    ...findings.map(({ severity, code, message, help, from, to }) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = severity;
      button.textContent = `${severity} ${code}: ${message}${help === undefined ? "" : ` (${help})`}`;
      if (from !== undefined && to !== undefined)
        button.addEventListener("click", () => editor.select(from, to));
      const item = document.createElement("li");
      item.append(button);
      return item;
    }),
  );
}

function show({ tables, pictures, chi2, declared }: Results): void {
  picturesBox.replaceChildren(...pictures.map(figureOf));
  planeBox.replaceChildren();
  const likelihoods = chi2.map(({ analysis, value }) => {
    const line = document.createElement("p");
    line.textContent = `χ² of ${analysis} at the values of the spec: ${value.toFixed(3)}`;
    return line;
  });
  const missing = tables.length === 0 ? [withoutAnalysis(declared)] : [];
  countsBox.replaceChildren(...likelihoods, ...tables.flatMap(tableOf), ...missing);
}

/** What there is to see of a spec that declares no analysis, and how it gets one. */
function withoutAnalysis(declared: readonly string[]): HTMLElement {
  const box = document.createElement("div");
  const [what, how, example] = ["p", "p", "pre"].map((tag) => document.createElement(tag));
  const model = declared.find((one) => one.startsWith("interaction "))?.slice("interaction ".length);
  const experiment = declared.find((one) => one.startsWith("experiment "))?.slice("experiment ".length);
  what!.textContent = `The spec is sound. It declares ${declared.join(", ")}; what these mean is shown where the pointer rests on them.`;
  how!.textContent =
    "Counts and spectra are those of an analysis, which names a model and the experiments that it is compared with:";
  example!.textContent = [
    "analysis Fit {",
    `  model = ${model ?? "StandardModel"}`,
    `  experiments = ${experiment ?? "CsI2021"}`,
    "}",
  ].join("\n");
  box.append(what!, how!, example!);
  return box;
}

function figureOf({ name, svg }: Picture): HTMLElement {
  const figure = document.createElement("figure");
  figure.dataset.name = name;
  // Drawn by Vega in our own worker, as a picture of its own: nothing in it can run.
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  image.alt = name;
  image.style.width = "100%";
  figure.append(image);
  return figure;
}

function tableOf({ title, axes, rows, components, data }: ExperimentTable): HTMLElement[] {
  const head = document.createElement("h2");
  head.textContent = title;
  const table = document.createElement("table");
  const names = [
    axes,
    ...components.map(({ name }) => name),
    "total",
    ...(data === undefined ? [] : ["data"]),
  ];
  const top = table.createTHead().insertRow();
  for (const name of names) {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.textContent = name;
    top.append(cell);
  }
  const body = table.createTBody();
  const row = (name: string, counts: readonly number[], seen: number | undefined): void => {
    const line = body.insertRow();
    line.insertCell().textContent = name;
    for (const count of [...counts, sum(counts)]) line.insertCell().textContent = brief(count);
    if (seen !== undefined) line.insertCell().textContent = `${Math.round(seen)}`;
  };
  for (const [bin, name] of rows.entries()) {
    row(
      name,
      components.map(({ counts }) => counts[bin] ?? 0),
      data?.[bin],
    );
  }
  row(
    "all",
    components.map(({ total }) => total),
    data === undefined ? undefined : sum(data),
  );
  const box = document.createElement("div");
  box.className = "scroll";
  box.tabIndex = 0;
  box.append(table);
  return [head, box];
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
const brief = (count: number): string =>
  Math.abs(count) < 1e-3 && count !== 0 ? count.toExponential(2) : count.toFixed(3);

function stale(isStale: boolean): void {
  for (const box of [picturesBox, planeBox, countsBox]) box.classList.toggle("stale", isStale);
}

function say(text: string, isError = false): void {
  statusBox.textContent = text;
  statusBox.classList.toggle("error", isError);
}

function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found;
}

startsList.append(new Option("your own", ""), ...starts.map(({ title }, i) => new Option(title, `${i}`)));
startsList.addEventListener("change", () => {
  const chosen = starts[Number(startsList.value)];
  if (startsList.value === "" || chosen === undefined) return;
  put(chosen.text, startsList.value);
  keep();
});

byId("share").addEventListener("click", async () => {
  try {
    history.replaceState(undefined, "", await fragmentOf(editor.text()));
  } catch (problem) {
    return say(problem instanceof Error ? problem.message : String(problem), true);
  }
  try {
    await navigator.clipboard.writeText(location.href);
    say("the link is in the clipboard and in the address bar");
  } catch {
    say("the link is in the address bar");
  }
});

downloadList.addEventListener("change", async () => {
  const what = downloadList.value;
  downloadList.value = "";
  try {
    const files = await filesOf(what);
    for (const [name, content] of files) save(name, content);
    say(
      files.length === 0
        ? "there is nothing of this to save yet"
        : `saved ${files.map(([name]) => name).join(", ")}`,
    );
  } catch (problem) {
    say(problem instanceof Error ? problem.message : String(problem), true);
  }
});

async function filesOf(what: string): Promise<readonly (readonly [name: string, content: Blob])[]> {
  const text = editor.text();
  switch (what) {
    case "text":
      return [["spec.sevens", new Blob([text])]];
    case "module":
      return [["spec.js", new Blob([await service.ask("module", text)])]];
    case "json":
      return [["spec.json", new Blob([await service.ask("document", text)])]];
    case "csv":
      return resultsOf(text).tables.map((table) => [
        `${table.title.replace(/[^\p{L}\p{M}\p{N}_]+/gu, "-")}.csv`,
        new Blob([csvOf(table)]),
      ]);
    case "svg":
      return picturesOf(text).map(({ name, svg }) => [`${name}.svg`, new Blob([svg])]);
    case "png":
      return Promise.all(
        picturesOf(text).map(async ({ name, svg }) => [`${name}.png`, await pngOf(svg)] as const),
      );
    default:
      return [];
  }
}

/** What is shown, if it is of that text: the numbers of another one are not saved. */
function resultsOf(text: string): Results {
  if (shown?.text !== text) throw new Error("the results are not of this text: there is nothing to save");
  return shown.results;
}

function picturesOf(text: string): readonly Picture[] {
  return [...resultsOf(text).pictures, ...(plane === undefined ? [] : [plane])];
}

function csvOf({ axes, rows, components, data }: ExperimentTable): string {
  const lines = [
    [axes, ...components.map(({ name }) => name), ...(data === undefined ? [] : ["data"])],
    ...rows.map((name, bin) => [
      name,
      ...components.map(({ counts }) => counts[bin]),
      ...(data === undefined ? [] : [data[bin]]),
    ]),
  ];
  return lines.map((line) => `${line.join(",")}\n`).join("");
}

async function pngOf(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  const scale = 3;
  [canvas.width, canvas.height] = [scale * image.naturalWidth, scale * image.naturalHeight];
  const pen = canvas.getContext("2d");
  if (pen === null) throw new Error("this browser draws no pictures");
  pen.fillStyle = "white";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob === null ? reject(new Error("no picture could be made")) : resolve(blob)));
  });
}

function save(name: string, content: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Shows the spec of the link. Without one, or with one that cannot be read, what is there stays, or was last time. */
async function open(): Promise<void> {
  let text: string | undefined;
  try {
    text = await textOf(location.hash);
    notice.textContent = "";
  } catch (problem) {
    notice.textContent = problem instanceof Error ? problem.message : String(problem);
    isNoticeOld = false;
  }
  if (text !== undefined) return put(text);
  if (editor.text() !== "") return;
  const kept = sessionStorage.getItem(KEPT);
  if (kept !== null) put(kept);
  else if (starts[0] !== undefined) put(starts[0].text, "0");
}

addEventListener("hashchange", () => void open());
await open();
if ("serviceWorker" in navigator && import.meta.env.PROD)
  await navigator.serviceWorker.register("./offline.js");
