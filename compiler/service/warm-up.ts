/** What is slow for the first time only is done before anybody waits for it. */
import type { Host } from "../model/model.ts";
import { completionsAt } from "./completion.ts";
import { Workspace } from "./workspace.ts";

/** A little of everything that completion tells apart, with places marked. */
const marked = `sevens 1
use interactions { StandardModel }
interaction Mine {
  ¦parameter g = ¦1 ¦MeV ¦in ¦0 ¦MeV .. 1 GeV¦ log "mine"
  ¦let half = ¦g / 2
  charge[l] += half * (¦Z + N)
}
¦analysis Fit {
  model = StandardModel + ¦Mine
  ¦free ¦Mine.g
}
`;
const mark = "¦";

/** Completes at places of a small text, a step each, and gives how much is offered: the code is compiled then, and the words of the language are at hand. */
export function* warmUp(host: Host): Generator<number> {
  const file = "warm-up.sevens";
  const workspace = new Workspace(host, "folder");
  const parts = marked.split(mark);
  workspace.set(file, parts.join(""));
  let offset = 0;
  for (const part of parts.slice(0, -1)) {
    offset += part.length;
    yield completionsAt(workspace, file, offset).length;
  }
}
