/** Keeps the page for when there is no network: its files are put in by the build. */
const files = "%FILES%";
const name = "sevens-%HASH%";

addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(name)
      .then((cache) => cache.addAll(files))
      .then(() => skipWaiting()),
  );
});

addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(
          names.filter((one) => one.startsWith("sevens-") && one !== name).map((one) => caches.delete(one)),
        ),
      )
      .then(() => clients.claim()),
  );
});

/** The page has two addresses, and is kept under the shorter one. */
const keptAs = ({ url }) => url.replace(/\/index\.html(?=$|[?#])/, "/");

addEventListener("fetch", (event) => {
  event.respondWith(
    caches.match(keptAs(event.request), { ignoreSearch: true }).then((kept) => kept ?? fetch(event.request)),
  );
});
