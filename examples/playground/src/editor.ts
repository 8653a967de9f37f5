/** The editor: CodeMirror, with what the language service knows. */
import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from "@codemirror/autocomplete";
import { indentWithTab } from "@codemirror/commands";
import { type Diagnostic, setDiagnostics } from "@codemirror/lint";
import { EditorState, StateEffect, StateField } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  EditorView,
  hoverTooltip,
  keymap,
  type Tooltip,
} from "@codemirror/view";
import { basicSetup } from "codemirror";
import type { Client } from "./client.ts";
import type { Finding, Word } from "./protocol.ts";

export interface Editor {
  text(): string;
  replace(text: string): void;
  showFindings(findings: readonly Finding[]): void;
  showWords(words: readonly Word[]): void;
  select(from: number, to: number): void;
}

const setWords = StateEffect.define<readonly Word[]>();

const colours = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (before, { changes, effects }) => {
    let now = before.map(changes);
    for (const effect of effects) {
      if (!effect.is(setWords)) continue;
      const marks = effect.value.map(({ from, to, kind }) =>
        Decoration.mark({ class: `word-${kind}` }).range(from, to),
      );
      now = Decoration.set(marks, true);
    }
    return now;
  },
  provide: (field) => EditorView.decorations.from(field),
});

const kinds: Readonly<Record<string, string>> = {
  field: "property",
  word: "enum",
  declaration: "class",
  parameter: "variable",
  module: "namespace",
  unit: "type",
};

export function makeEditor(parent: HTMLElement, client: Client, changed: () => void): Editor {
  const view = new EditorView({
    parent,
    state: EditorState.create({
      extensions: [
        basicSetup,
        // Escape gives Tab back to the page for the next press.
        keymap.of([indentWithTab]),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": "Spec", spellcheck: "false" }),
        EditorView.theme({
          "&": { backgroundColor: "var(--paper)", color: "var(--ink)" },
          ".cm-content": { caretColor: "var(--ink)" },
          "&.cm-focused .cm-cursor": { borderLeftColor: "var(--ink)" },
          ".cm-gutters": { backgroundColor: "var(--shade)", color: "var(--faint)", border: "0" },
          ".cm-activeLine, .cm-activeLineGutter": {
            backgroundColor: "color-mix(in srgb, var(--accent) 9%, transparent)",
          },
          "&.cm-focused .cm-selectionBackground, .cm-selectionBackground": {
            backgroundColor: "color-mix(in srgb, var(--accent) 30%, transparent) !important",
          },
          ".cm-tooltip": {
            backgroundColor: "var(--shade)",
            color: "var(--ink)",
            border: "1px solid var(--line)",
          },
          ".cm-tooltip-hover": {
            padding: "0.4rem 0.6rem",
            maxWidth: "40rem",
            maxHeight: "24rem",
            overflow: "auto",
          },
        }),
        colours,
        autocompletion({ override: [(context) => completions(client, context)] }),
        hoverTooltip((at, offset) => hover(client, at, offset)),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) changed();
        }),
      ],
    }),
  });
  return {
    text: () => view.state.doc.toString(),
    replace: (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
    showFindings: (findings) => {
      const end = view.state.doc.length;
      const marks = findings.flatMap(({ from, to, severity, message, help }): Diagnostic[] =>
        from === undefined || to === undefined || to > end
          ? []
          : [{ from, to, severity, message: help === undefined ? message : `${message}\n${help}` }],
      );
      view.dispatch(setDiagnostics(view.state, marks));
    },
    showWords: (words) => {
      const last = words.at(-1);
      if (last === undefined || last.to <= view.state.doc.length)
        view.dispatch({ effects: setWords.of(words) });
    },
    select: (from, to) => {
      view.dispatch({ selection: { anchor: from, head: to }, scrollIntoView: true });
      view.focus();
    },
  };
}

async function completions(client: Client, context: CompletionContext): Promise<CompletionResult | null> {
  const word = context.matchBefore(/[\p{L}_][\p{L}\p{N}_]*/u);
  if (word === null && !context.explicit && context.matchBefore(/[={.[(/"]\s?/) === null) return null;
  const found = await client.ask("complete", context.state.doc.toString(), context.pos).catch(() => []);
  return {
    from: found[0]?.start ?? context.pos,
    validFor: /^[\p{L}\p{N}_]*$/u,
    options: found.map(
      ({ label, kind, detail, doc, insert }, i): Completion => ({
        label,
        type: kinds[kind] ?? kind,
        detail,
        // What fits best stands first.
        boost: -Math.min(i, 99),
        ...(doc === undefined ? {} : { info: doc }),
        ...(insert === undefined ? {} : { apply: insert }),
      }),
    ),
  };
}

async function hover(client: Client, view: EditorView, offset: number): Promise<Tooltip | null> {
  const found = await client.ask("hover", view.state.doc.toString(), offset).catch(() => undefined);
  if (found === undefined) return null;
  // Setting formulas takes code that a page without a pointer never needs.
  const { documentationOf } = await import("./documentation.ts");
  return { pos: found.from, end: found.to, create: () => ({ dom: documentationOf(found.text) }) };
}
