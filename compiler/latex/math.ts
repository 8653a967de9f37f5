/**
 * Math that a doc comment brings. It goes into papers and pages, where a macro may be a program: it has to consist of
 * known signs.
 */

const commands: ReadonlySet<string> = new Set(
  [
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa varkappa lambda mu nu xi pi varpi rho varrho",
    "sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega",
    "hat widehat tilde widetilde bar overline underline vec dot ddot check breve acute grave overrightarrow overleftarrow",
    "mathrm mathbf mathit mathsf mathtt mathcal mathbb mathfrak boldsymbol operatorname text",
    "frac tfrac dfrac binom sqrt sum prod coprod int iint iiint oint partial nabla lim limsup liminf sup inf max min limits nolimits",
    "sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth exp ln log lg det dim ker deg gcd arg Pr Re Im",
    "left right middle big Big bigg Bigg bigl bigr Bigl Bigr langle rangle lvert rvert lVert rVert vert Vert lfloor rfloor lceil rceil",
    "cdot times div pm mp ast star circ bullet oplus ominus otimes odot wedge vee cap cup setminus square boxtimes boxplus Box",
    "le leq ge geq ne neq ll gg equiv sim simeq approx cong propto prec succ lesssim gtrsim mid parallel perp in notin ni subset",
    "subseteq supset supseteq mathrel mathbin mathord mathop mathopen mathclose",
    "to gets rightarrow leftarrow leftrightarrow Rightarrow Leftarrow Leftrightarrow longrightarrow mapsto uparrow downarrow",
    "infty hbar ell imath jmath aleph forall exists neg emptyset prime dagger ddagger degree dots ldots cdots vdots ddots angle",
    "quad qquad displaystyle textstyle scriptstyle",
  ].flatMap((line) => line.split(" ")),
);

/** Commands of a single sign: spaces, brackets, and signs that mean something else without the backslash. */
const signs = ",;:! {}|%#&_";

/** A command, a sign behind a backslash, or any other character. */
const token = /\\([A-Za-z]+|[^A-Za-z]?)|[^\\]/gsu;

/** True for text between dollars that a formula may take as it is: known commands, balanced braces, nothing that is no math. */
export function isMath(text: string): boolean {
  let depth = 0;
  for (const [whole, command] of text.matchAll(token)) {
    if (command !== undefined) {
      const known = /^[A-Za-z]/.test(command)
        ? commands.has(command)
        : command !== "" && signs.includes(command);
      if (!known) return false;
    } else if (whole === "{") depth++;
    else if (whole === "}") depth--;
    // Comments, columns, arguments, ends of math, of Markdown's math, and what does not show.
    else if (/[%&#$`~\p{C}\u2028\u2029]/u.test(whole)) return false;
    if (depth < 0) return false;
  }
  // Two hats make characters out of others, backslashes as well.
  return depth === 0 && !text.includes("^^");
}
