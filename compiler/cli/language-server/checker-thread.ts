/** The thread that checks specs, so that the server answers at once while a long check goes on. */
import { parentPort } from "node:worker_threads";
import { createMessageConnection, PortMessageReader, PortMessageWriter } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Span } from "../../../grammar/syntax.ts";
import type { Diagnostic } from "../../diagnostics/index.ts";
import { diskHost } from "../../disk/host.ts";
import { type Edit, LanguageService } from "../../service/index.ts";
import {
  diagnosticsOf,
  diskChanged,
  type Finding,
  hintsOf,
  hoverAt,
  type In,
  type Located,
  type LocatedEdit,
  mendsFor,
  projectEnds,
  readersOf,
  referencesTo,
  renameAt,
  symbolsOf,
  textIs,
} from "./questions.ts";

/** Answers what comes over the port. */
export function serveChecks(port: NonNullable<typeof parentPort>): void {
  const services = new Map<string, LanguageService>();
  const keyOf = ({ project, reach }: In): string => `${reach} ${project}`;
  const of = (asked: In): LanguageService => {
    const { project, reach } = asked;
    const key = keyOf(asked);
    const service = services.get(key) ?? new LanguageService(diskHost(project), reach);
    services.set(key, service);
    return service;
  };
  const connection = createMessageConnection(new PortMessageReader(port), new PortMessageWriter(port));
  connection.onNotification(textIs, ({ file, text, ...project }) => {
    if (text === undefined) of(project).close(file);
    else of(project).set(file, text);
  });
  connection.onNotification(projectEnds, (project) => void services.delete(keyOf(project)));
  connection.onNotification(diskChanged, () => {
    for (const service of services.values()) service.forget();
  });
  connection.onRequest(readersOf, ({ file, ...project }) => of(project).readers(file));
  connection.onRequest(diagnosticsOf, ({ file, ...project }) => {
    const service = of(project);
    return service.diagnostics(file).map(locatingFindings(locating(service)));
  });
  connection.onRequest(hoverAt, ({ file, offset, ...project }) => of(project).hover(file, offset) ?? null);
  connection.onRequest(hintsOf, ({ file, ...project }) => of(project).hints(file));
  connection.onRequest(mendsFor, ({ file, start, end, ...project }) => {
    const service = of(project);
    const [edit, finding] = [locatingEdits(service), locatingFindings(locating(service))];
    return service
      .mends(file, start, end)
      .map((mend) => ({ ...mend, edits: mend.edits.map(edit), of: finding(mend.of) }));
  });
  connection.onRequest(renameAt, ({ file, offset, name, ...project }) => {
    const service = of(project);
    const renaming = service.rename(file, offset, name);
    return "refused" in renaming ? renaming : { edits: renaming.edits.map(locatingEdits(service)) };
  });
  connection.onRequest(referencesTo, ({ file, offset, ...project }) => {
    const service = of(project);
    return service.references(file, offset).map(locating(service));
  });
  connection.onRequest(symbolsOf, ({ query, ...project }) => {
    const service = of(project);
    const located = locating(service);
    return service
      .symbols(query)
      .map(({ name, keyword, nameSpan }) => ({ name, keyword, ...located(nameSpan) }));
  });
  connection.listen();
}

/** Finds places in files, each of which is read once. */
function locating(service: LanguageService): (span: Span) => Located {
  const documents = new Map<string, TextDocument>();
  return ({ file, start, end }) => {
    const document = documents.get(file) ?? TextDocument.create(file, "sevens", 0, service.text(file) ?? "");
    documents.set(file, document);
    return { file, start, range: { start: document.positionAt(start), end: document.positionAt(end) } };
  };
}

function locatingFindings(located: (span: Span) => Located): (found: Diagnostic) => Finding {
  return ({ code, severity, message, help, notes, labels, span }) => ({
    ...located(span),
    code,
    severity,
    message,
    notes,
    ...(help === undefined ? {} : { help }),
    labels: labels.map((one) => ({ ...located(one.span), text: one.text })),
  });
}

function locatingEdits(service: LanguageService): (edit: Edit) => LocatedEdit {
  const located = locating(service);
  return ({ span, text }) => ({ file: span.file, range: located(span).range, text });
}

if (parentPort !== null) serveChecks(parentPort);
