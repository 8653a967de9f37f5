/** The thread that checks specs, so that the server answers at once while a long check goes on. */
import { parentPort } from "node:worker_threads";
import { createMessageConnection, PortMessageReader, PortMessageWriter } from "vscode-languageserver/node";
import { diskHost } from "../../disk/host.ts";
import { LanguageService } from "../../service/index.ts";
import {
  diagnosticsOf,
  diskChanged,
  hintsOf,
  hoverAt,
  mendsFor,
  readersOf,
  renameAt,
  textIs,
} from "./questions.ts";

/** Answers what comes over the port. */
export function serveChecks(port: NonNullable<typeof parentPort>): void {
  const services = new Map<string, LanguageService>();
  const of = (project: string): LanguageService => {
    const service = services.get(project) ?? new LanguageService(diskHost(project));
    services.set(project, service);
    return service;
  };
  const connection = createMessageConnection(new PortMessageReader(port), new PortMessageWriter(port));
  connection.onNotification(textIs, ({ project, file, text }) => {
    if (text === undefined) of(project).close(file);
    else of(project).set(file, text);
  });
  connection.onNotification(diskChanged, () => {
    for (const service of services.values()) service.forget();
  });
  connection.onRequest(readersOf, ({ project, file }) => of(project).readers(file));
  connection.onRequest(diagnosticsOf, ({ project, file }) => of(project).diagnostics(file));
  connection.onRequest(hoverAt, ({ project, file, offset }) => of(project).hover(file, offset) ?? null);
  connection.onRequest(hintsOf, ({ project, file }) => of(project).hints(file));
  connection.onRequest(mendsFor, ({ project, file, start, end }) => of(project).mends(file, start, end));
  connection.onRequest(renameAt, ({ project, file, offset, name }) => of(project).rename(file, offset, name));
  connection.listen();
}

if (parentPort !== null) serveChecks(parentPort);
