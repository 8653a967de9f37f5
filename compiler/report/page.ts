/**
 * The page of a report: one HTML file with everything in it, which asks for nothing from elsewhere. Texts are escaped by the
 * template; pictures stand in it as data.
 */
import Handlebars from "handlebars";

/** A table: cells are text. */
export interface ReportTable {
  readonly caption?: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface ReportPicture {
  /** What it shows, also for those who cannot see it. */
  readonly caption: string;
  /** An SVG document. */
  readonly svg: string;
}

export interface ReportSection {
  readonly title: string;
  readonly paragraphs?: readonly string[];
  readonly tables?: readonly ReportTable[];
  readonly pictures?: readonly ReportPicture[];
  readonly links?: readonly {
    readonly text: string;
    readonly href: string | undefined;
    readonly of: string;
  }[];
  /** Text as it stands, folded away under a summary. */
  readonly texts?: readonly { readonly summary: string; readonly text: string }[];
}

export interface Report {
  readonly title: string;
  readonly doc: readonly string[];
  readonly sections: readonly ReportSection[];
  /** Who made it: name and version. */
  readonly generator: string;
}

const style = `
:root { color-scheme: light; }
body { font: 15px/1.5 Arimo, Helvetica, Arial, "Liberation Sans", sans-serif; color: #111; background: #fff; margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 60rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .5rem; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; margin: 2.2rem 0 .6rem; border-bottom: 1px solid #bbb; padding-bottom: .2rem; }
nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: .3rem 1rem; padding: 0; }
a { color: #00568a; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; margin: .6rem 0 1rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: bold; padding: .3rem 0; }
th, td { padding: .15rem .8rem .15rem 0; text-align: left; white-space: nowrap; }
th { border-bottom: 1px solid #666; font-weight: 600; }
th.number, td.number { text-align: right; }
figure { margin: 1rem 0; }
figure img { max-width: 100%; height: auto; }
figcaption { color: #444; font-size: .9rem; }
pre { overflow-x: auto; background: #f5f5f5; padding: .8rem; font-size: .82rem; line-height: 1.35; }
summary { cursor: pointer; }
footer { margin-top: 3rem; color: #555; font-size: .85rem; }
`;

const template = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<meta name="generator" content="{{generator}}">
<title>{{title}}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>{{title}}</h1>
{{#each doc}}
<p>{{this}}</p>
{{/each}}
</header>
<nav aria-label="Sections"><ul>
{{#each sections}}
<li><a href="#section-{{@index}}">{{title}}</a></li>
{{/each}}
</ul></nav>
<main>
{{#each sections}}
<section aria-labelledby="section-{{@index}}">
<h2 id="section-{{@index}}">{{title}}</h2>
{{#each paragraphs}}
<p>{{this}}</p>
{{/each}}
{{#each pictures}}
<figure><img alt="{{caption}}" src="{{source svg}}"><figcaption>{{caption}}</figcaption></figure>
{{/each}}
{{#each tables}}
<div class="scroll"><table>
{{#if caption}}<caption>{{caption}}</caption>{{/if}}
<thead><tr>{{#each columns}}<th scope="col"{{#if number}} class="number"{{/if}}>{{title}}</th>{{/each}}</tr></thead>
<tbody>
{{#each rows}}
<tr>{{#each this}}<td{{#if number}} class="number"{{/if}}>{{text}}</td>{{/each}}</tr>
{{/each}}
</tbody>
</table></div>
{{/each}}
{{#if links}}<ul>
{{#each links}}
<li>{{#if href}}<a href="{{href}}" rel="noreferrer">{{text}}</a>{{else}}{{text}}{{/if}} <small>{{of}}</small></li>
{{/each}}
</ul>{{/if}}
{{#each texts}}
<details><summary>{{summary}}</summary><pre>{{text}}</pre></details>
{{/each}}
</section>
{{/each}}
</main>
<footer>{{generator}}</footer>
</body>
</html>
`;

const handlebars = Handlebars.create();
handlebars.registerHelper(
  "source",
  (svg: string) => `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`,
);
const render = handlebars.compile(template);

const number = /^[+−-]?[\d.]+(?:e[+−-]?\d+)?%?$/i;

/** The page as HTML. */
export function reportPage(report: Report): string {
  const sections = report.sections.map((section) => ({ ...section, tables: section.tables?.map(aligned) }));
  return render({ ...report, sections });
}

/** Columns of numbers, which may have gaps, are set to the right. */
function aligned({ caption, head, rows }: ReportTable): object {
  const isNumeric = head.map(
    (_, i) =>
      rows.some((row) => row[i] !== "") && rows.every((row) => row[i] === "" || number.test(row[i] ?? "")),
  );
  return {
    caption,
    columns: head.map((title, i) => ({ title, number: isNumeric[i] })),
    rows: rows.map((row) => row.map((text, i) => ({ text, number: isNumeric[i] }))),
  };
}
