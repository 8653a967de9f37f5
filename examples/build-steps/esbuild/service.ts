/** A service on localhost: `/?coupling=1e-4&mass=10` answers with the spectrum as JSON. */
import { createServer } from "node:http";
import { spectrum } from "../spectrum.ts";

const server = createServer((request, response) => {
  const asked = new URL(request.url ?? "/", "http://localhost").searchParams;
  const [coupling, mass] = ["coupling", "mass"].map((name) => Number(asked.get(name) ?? Number.NaN));
  if (coupling === undefined || mass === undefined || !(coupling >= 0) || !(mass > 0)) {
    response.writeHead(400, { "content-type": "text/plain" });
    response.end("give a coupling and a mass in MeV: /?coupling=1e-4&mass=10\n");
    return;
  }
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify(spectrum(coupling, mass)));
});

server.listen(Number(process.env.PORT ?? 8080), "localhost", () => {
  const address = server.address();
  if (typeof address === "object" && address !== null) console.log(`http://localhost:${address.port}`);
});
