/** Names that stored values of a generated module must not have: words of the language and the module's own. */
export const reservedNames: ReadonlySet<string> = new Set(
  (
    "abstract any arguments as async await boolean break case catch class const constructor continue debugger " +
    "declare default delete do else enum eval export extends false finally for from function get if implements " +
    "import in infer instanceof interface is keyof let module namespace never new null number object of package " +
    "private protected public readonly require return set static string super switch symbol this throw true try " +
    "type typeof undefined unique unknown var void while with yield Math NaN Infinity Float64Array Object " +
    "i j k l m sum memory numbers view code host dirty last steady fresh mark any moved update seen observe data x out " +
    "constraintSlopes slopes totals counts analyses runtime WebAssembly"
  ).split(" "),
);

/** Names of nested loop indices, outermost first. */
export const loopIndices = ["i", "j", "k", "l", "m"] as const;
