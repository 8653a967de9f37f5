/** Runs in the page of the search: what is asked for in its address is looked for in the parts of all pages. */
const { MiniSearch, searchParts } = globalThis;
const field = document.querySelector("main input[name=q]");
const list = document.querySelector("#found");
const told = document.querySelector("#told");

const index = new MiniSearch({
  fields: ["title", "page", "text"],
  storeFields: ["title", "page", "text", "address"],
  searchOptions: { boost: { title: 4, page: 2 }, prefix: true, fuzzy: 0.15 },
});
index.addAll(searchParts.map((part, id) => ({ id, ...part })));

/** The text around the first of the words that were found. */
function excerpt(text, terms) {
  const at = Math.max(0, ...terms.map((term) => text.toLowerCase().indexOf(term)).slice(0, 1));
  const start = Math.max(0, text.lastIndexOf(" ", Math.max(0, at - 60)));
  return `${start > 0 ? "… " : ""}${text.slice(start, start + 200).trim()}${text.length > start + 200 ? " …" : ""}`;
}

function show() {
  const words = field.value.trim();
  const all = index.search(words, { combineWith: "AND" });
  const found = all.length > 0 ? all : index.search(words);
  const count = found.length === 0 ? "nothing" : `${found.length} parts of pages`;
  const some = all.length === 0 && found.length > 0 ? "some of " : "";
  told.textContent = words === "" ? "" : `${count} with ${some}“${words}”`;
  list.replaceChildren(
    ...found.slice(0, 50).map(({ title, page, text, address, terms }) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = address;
      link.textContent = title === page ? title : `${page}: ${title}`;
      const line = document.createElement("p");
      line.textContent = excerpt(text, terms);
      item.append(link, line);
      return item;
    }),
  );
}

field.value = new URLSearchParams(location.search).get("q") ?? "";
field.addEventListener("input", () => {
  show();
  history.replaceState(undefined, "", `?q=${encodeURIComponent(field.value)}`);
});
field.focus();
show();
