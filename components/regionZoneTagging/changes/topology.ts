import type { Tagging, TagsByPath } from "./model";
import type { Danger, Line, Mark, Part } from "../../../findings/change";
import type { PictureRegion } from "./model";
import { joined, line } from "../../../findings/change";
import { counted, say } from "../../../findings/words";
import { renaming, underNewNames } from "./renamed";
import { zoneChanges, type TopologyInput } from "./zones";

/** What changes of regions and zones, and the picture of all of them. */
export function topologyChanges(recorded: TopologyInput): Part & {
  readonly picture: readonly PictureRegion[];
} {
  const { before, tags } = underNewNames(recorded.before, recorded.tagging.before, recorded.former);
  const input = { ...recorded, before, tagging: { ...recorded.tagging, before: tags } };
  const names = union([...input.after.keys()], [...input.before.keys()]);
  const regions = names.map((name) => regionChanges(name, input));
  const foreign = input.tagging.foreign.map(({ tag, paths }) => ({
    lines: paths.map((path): Line => ({
      ...{ depth: 0, mark: "-" },
      words: say`${tag} off ${path}, where this stack did not put it`,
    })),
    words: say`${tag} is taken off ${paths}, where this stack did not put it`,
  }));
  const told = [...regions, input.ofCategories];
  const lines = [...told.flatMap((one) => one.lines), ...foreign.flatMap((one) => one.lines)];
  const dangers = told.flatMap((one) => one.dangers);
  const isRunning = !input.isFirst && isRetagged(input.tagging);
  return {
    lines,
    sentences: [...told.flatMap((one) => one.sentences), ...foreign.map(({ words }) => words)],
    dangers: [
      ...dangers,
      ...foreign.map(({ words }): Danger => ({ kind: "foreignTag", words })),
      ...(isRunning ? [tagsOfRunningCluster] : []),
    ],
    picture: regions.map(({ picture }) => picture),
  };
}

const tagsOfRunningCluster: Danger = {
  kind: "tagsOfRunningCluster",
  words: say`tags change in a vCenter that this stack has already prepared`,
};

function regionChanges(
  region: string,
  input: TopologyInput,
): Part & { readonly picture: PictureRegion } {
  const { before, after } = input;
  const [was, is] = [before.get(region), after.get(region)];
  const own = joined([renaming("region", region, input.former, 1), input.ofTag(region, 1)]);
  const zoneNames = union([...(is?.zones.keys() ?? [])], [...(was?.zones.keys() ?? [])]);
  const zones = zoneNames.map((zone) => zoneChanges(region, zone, input));
  const moved = was !== undefined && is !== undefined && was.datacenter !== is.datacenter;
  const mark: Mark =
    was === undefined ? "+" : is === undefined ? "-" : moved || own.lines.length > 0 ? "~" : " ";
  const below = [
    ...own.lines,
    ...(moved ? [line(1, "~", say`datacenter ${is.datacenter}, until now ${was.datacenter}`)] : []),
    ...zones.flatMap(({ lines }) => lines),
  ];
  const datastores = zones
    .flatMap(({ picture }) => picture.objects)
    .filter(({ kind }) => kind === "datastore");
  const place = (is ?? was)?.datacenter ?? "";
  const whole = say`${counted(zones.length, "zone")} and ${counted(datastores.length, "datastore")}`;
  const heading = line(0, mark, say`region ${region} on ${place}`);
  return {
    lines: below.length > 0 || mark !== " " ? [heading, ...below] : [],
    sentences:
      mark === "+"
        ? [say`region ${region} is new on datacenter ${place}, with ${whole}`]
        : mark === "-"
          ? [say`region ${region} goes, with ${whole}`]
          : [
              ...own.sentences,
              ...(moved
                ? [
                    say`region ${region} moves from datacenter ${was.datacenter} to ${is.datacenter}`,
                  ]
                : []),
              ...zones.flatMap(({ sentences }) => sentences),
            ],
    dangers:
      mark === "-"
        ? [removal(region, place, input)]
        : [...own.dangers, ...zones.flatMap(({ dangers }) => dangers)],
    picture: { name: region, mark, zones: zones.map(({ picture }) => picture) },
  };
}

/** A region that goes, with all its zones or for another one on its datacenter. */
function removal(region: string, datacenter: string, { before, after }: TopologyInput): Danger {
  const follower = [...after].find(
    ([name, place]) => place.datacenter === datacenter && !before.has(name),
  )?.[0];
  return follower === undefined
    ? { kind: "regionRemoved", words: say`region ${region} is removed` }
    : {
        kind: "regionReplaced",
        words: say`region ${region} goes, and region ${follower} takes its datacenter`,
      };
}

/** Whether an object gets a tag or loses one. */
function isRetagged({ before, after, foreign }: Tagging): boolean {
  const differs = (here: TagsByPath, there: TagsByPath): boolean =>
    [...here].some(([path, tags]) => [...tags].some((tag) => there.get(path)?.has(tag) !== true));
  return foreign.length > 0 || differs(before, after) || differs(after, before);
}

function union(first: readonly string[], second: readonly string[]): string[] {
  return [...new Set([...first, ...second])];
}
