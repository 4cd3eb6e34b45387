import type { PreviewEvents, Refreshed, ResourceState } from "./events";
import { textOf, textsOf } from "./events";
import { privilegeWords } from "../../components/kubernetesRole/changes/roles";
import { privilegesOf } from "./roles";
import { say, type Words } from "../../findings/words";

/** What somebody else changed since the last `up`. */
export interface Drift {
  readonly sentences: readonly Words[];
  /** What the providers of this program said of it: the same in their words. */
  readonly said: ReadonlySet<string>;
}

/**
 * What vCenter has and the last `up` did not leave: what the engine's refresh found of the vSphere provider's resources,
 * and what this program's own resources say of theirs.
 */
export function driftOf({ refreshed, steps }: PreviewEvents): Drift {
  const present = [...refreshed, ...steps].flatMap((one) => one.present ?? []);
  const said = [...new Set(present.flatMap(driftSentences))];
  const gone = refreshed.filter(({ present: found }) => found === undefined).map(goneWords);
  return {
    sentences: [
      ...gone,
      ...refreshed.flatMap(changedWords),
      ...said.map((sentence) => say`${sentence}`),
    ],
    said: new Set(said),
  };
}

/** The output `drift`: a list for attachments, a text for a permission. */
function driftSentences({ outputs }: ResourceState): string[] {
  const { drift } = outputs;
  return [...textsOf(drift), textOf(drift)].filter((sentence) => sentence !== "");
}

const nouns: Readonly<Record<string, string>> = {
  "vsphere:index/tag:Tag": "tag",
  "vsphere:index/tagCategory:TagCategory": "category",
  "vsphere:index/role:Role": "role",
};

function goneWords({ type, name, recorded }: Refreshed): Words {
  const { path, principal } = recorded.outputs;
  if (type.endsWith(":Permission")) {
    return say`permission of ${textOf(principal)} on ${textOf(path)} is gone`;
  }
  const noun = nouns[type];
  return noun === undefined
    ? say`${name} is gone`
    : say`${[{ text: noun }]} ${textOf(recorded.outputs["name"])} is gone`;
}

function changedWords({ type, recorded, present }: Refreshed): Words[] {
  const noun = nouns[type];
  if (noun === undefined || present === undefined) return [];
  const [was, is] = [recorded.outputs, present.outputs];
  const name = textOf(was["name"]);
  const [before, after] = [privilegesOf(was), privilegesOf(is)];
  const gained = [...after].filter((id) => !before.has(id));
  const lost = [...before].filter((id) => !after.has(id));
  return [
    ...["name", "description"]
      .filter((key) => textOf(was[key]) !== textOf(is[key]))
      .map(
        (key) =>
          say`${[{ text: noun }]} ${name} has the ${[{ text: key }]} ${textOf(is[key])} instead of ${textOf(was[key])}`,
      ),
    ...(gained.length + lost.length === 0
      ? []
      : [say`role ${name} has ${privilegeWords(gained, lost)} than it was given`]),
  ];
}
