import type { TagsByPath, Tagging, Topology } from "./model";
import type { Danger, Line, Mark, Part } from "../../../findings/change";
import type { PictureZone } from "./model";
import { renaming, type FormerNames } from "./renamed";
import { joined, line } from "../../../findings/change";
import { counted, say, type Words } from "../../../findings/words";

/** The regions and zones before and after, with their tags. */
export interface TopologyInput {
  readonly before: Topology;
  readonly after: Topology;
  readonly tagging: Tagging;
  /** The names that regions and zones had whose tags are renamed; `before` and `tagging` still have those. */
  readonly former: FormerNames;
  /** What changes of one tag itself beside its name, at a depth of the tree. */
  readonly ofTag: (name: string, depth: number) => Part;
  /** What changes of the two categories. */
  readonly ofCategories: Part;
  /** Whether the stack is made for the first time: then no cluster runs with it. */
  readonly isFirst: boolean;
}

/** What changes of one zone, and how it is drawn. */
export function zoneChanges(
  region: string,
  zone: string,
  input: TopologyInput,
): Part & { readonly picture: PictureZone } {
  const { before, after, tagging, isFirst } = input;
  const was = before.get(region)?.zones.get(zone);
  const is = after.get(region)?.zones.get(zone);
  const own = joined([renaming("zone", zone, input.former, 2), input.ofTag(zone, 2)]);
  const cluster = is ?? was ?? "";
  const moved = was !== undefined && is !== undefined && was !== is;
  const gained = pathsOf(zone, tagging.after, tagging.before);
  const lost = pathsOf(zone, tagging.before, tagging.after);
  const kept = [...tagging.after].flatMap(([path, tags]) =>
    tags.has(zone) && tagging.before.get(path)?.has(zone) === true ? [path] : [],
  );
  const formerRegion = was === undefined ? regionOf(zone, before) : undefined;
  const formerCluster =
    formerRegion === undefined ? was : before.get(formerRegion)?.zones.get(zone);
  const clusters = new Set([formerCluster, is]);
  const isDatastore = (path: string): boolean => !clusters.has(path);
  const mark: Mark =
    was === undefined ? "+" : is === undefined ? "-" : moved || own.lines.length > 0 ? "~" : " ";
  const [gains, losses] = [gained.filter(isDatastore), lost.filter(isDatastore)];
  const zones = zonesOf(before, after);
  const from = (path: string): string[] => others(path, tagging.before, tagging.after, zones);
  const to = (path: string): string[] => others(path, tagging.after, tagging.before, zones);
  const below: Line[] = [
    ...own.lines,
    ...(moved ? [line(2, "~", say`cluster ${is}, until now ${was}`)] : []),
    ...(mark !== "~" && mark !== " " ? [line(2, mark, say`cluster ${cluster}`)] : []),
    ...gains.map((path) => {
      const origin = from(path);
      const words = say`datastore ${path}`;
      return line(2, "+", origin.length === 0 ? words : say`${words} (from ${origin})`);
    }),
    ...losses.map((path) => {
      const goal = to(path);
      const words = say`datastore ${path}`;
      return line(2, "-", goal.length === 0 ? words : say`${words} (to ${goal})`);
    }),
  ];
  const heading = line(1, mark, say`zone ${zone}`);
  const lines = below.length > 0 || mark !== " " ? [heading, ...below] : [];
  const picture: PictureZone = {
    name: zone,
    mark: mark === " " && lines.length > 0 ? "~" : mark,
    objects: [
      { kind: "cluster", path: cluster, mark: mark === "~" && !moved ? " " : mark },
      ...kept
        .filter(isDatastore)
        .map((path) => datastore(path, mark === "+" || mark === "-" ? mark : " ")),
      ...gains.map((path) => datastore(path, "+")),
      ...losses.map((path) => datastore(path, "-")),
    ],
  };
  if (mark === "+" && formerRegion === undefined) {
    const replaced = onlyThere(cluster, before, after);
    const whole = say`zone ${zone} is new in region ${region}: cluster ${cluster} and ${counted(gains.length, "datastore")}`;
    return {
      ...{ lines, picture, sentences: [whole] },
      dangers:
        replaced === undefined || isFirst
          ? []
          : [
              {
                kind: "zoneReplaced",
                words: say`zone ${replaced} goes, and zone ${zone} takes its cluster`,
              },
            ],
    };
  }
  if (mark === "-") {
    // Where the zone is now, it is told.
    if (regionOf(zone, after) !== undefined) {
      return { ...{ lines, picture }, sentences: [], dangers: [] };
    }
    const follower = onlyThere(cluster, after, before);
    return {
      ...{ lines, picture, sentences: [say`zone ${zone} of region ${region} goes`] },
      dangers:
        follower === undefined
          ? [{ kind: "zoneRemoved", words: say`zone ${zone} is removed from region ${region}` }]
          : [],
    };
  }
  const elsewhere = formerCluster !== is;
  return {
    ...{ lines, picture },
    sentences: [
      ...own.sentences,
      ...(formerRegion === undefined
        ? []
        : [say`zone ${zone} moves from region ${formerRegion} to ${region}`]),
      ...(elsewhere
        ? [say`zone ${zone} moves from cluster ${formerCluster ?? ""} to ${cluster}`]
        : []),
      ...byPlace(gains, from).map(([paths, origin]) =>
        origin.length === 0
          ? say`zone ${zone} gains ${datastores(paths)}`
          : say`zone ${zone} gains ${datastores(paths)} (from ${origin})`,
      ),
      ...byPlace(losses, to)
        .filter(([, goal]) => goal.length === 0)
        .map(([paths]) => say`zone ${zone} loses ${datastores(paths)}`),
    ],
    dangers: [
      ...own.dangers,
      ...(formerRegion === undefined
        ? []
        : [
            {
              kind: "zoneOfOtherRegion",
              words: say`zone ${zone} belongs to region ${region} instead of ${formerRegion}`,
            } as const,
          ]),
      ...(elsewhere
        ? [{ kind: "zoneMoved", words: say`zone ${zone} moves to cluster ${cluster}` } as const]
        : []),
      ...byPlace(losses, to).map(([paths, goal]): Danger =>
        goal.length === 0
          ? { kind: "datastoreLeft", words: say`${datastores(paths)} leaves zone ${zone}` }
          : {
              kind: "datastoreMoved",
              words: say`${datastores(paths)} leaves zone ${zone} for ${goal}`,
            },
      ),
    ],
  };
}

/** The region that a zone belongs to. */
function regionOf(zone: string, topology: Topology): string | undefined {
  return [...topology].find(([, { zones }]) => zones.has(zone))?.[0];
}

/** The zone on a cluster in one of two topologies that is nowhere in the other one. */
function onlyThere(cluster: string, there: Topology, other: Topology): string | undefined {
  return [...there.values()]
    .flatMap(({ zones }) => [...zones])
    .find(([zone, place]) => place === cluster && regionOf(zone, other) === undefined)?.[0];
}

/** Paths that carry a tag in one of two sets and not in the other. */
function pathsOf(tag: string, here: TagsByPath, notThere: TagsByPath): string[] {
  return [...here].flatMap(([path, tags]) =>
    tags.has(tag) && notThere.get(path)?.has(tag) !== true ? [path] : [],
  );
}

/** The zones that an object has in one of two sets and not in the other. */
function others(
  path: string,
  here: TagsByPath,
  notThere: TagsByPath,
  zones: ReadonlySet<string>,
): string[] {
  const gone = notThere.get(path);
  return [...(here.get(path) ?? [])].filter((tag) => zones.has(tag) && gone?.has(tag) !== true);
}

function zonesOf(...topologies: readonly Topology[]): Set<string> {
  return new Set(
    topologies.flatMap((one) => [...one.values()].flatMap(({ zones }) => [...zones.keys()])),
  );
}

/** Paths by the zones that they come from or go to. */
function byPlace(
  paths: readonly string[],
  place: (path: string) => readonly string[],
): [paths: string[], place: readonly string[]][] {
  const groups = new Map<string, [string[], readonly string[]]>();
  for (const path of paths) {
    const where = place(path);
    const group = groups.get(where.join("\n")) ?? [[], where];
    group[0].push(path);
    groups.set(where.join("\n"), group);
  }
  return [...groups.values()];
}

function datastores(paths: readonly string[]): Words {
  return paths.length === 1
    ? say`datastore ${paths}`
    : say`${counted(paths.length, "datastore")} (${paths})`;
}

function datastore(path: string, mark: Mark): PictureZone["objects"][number] {
  return { kind: "datastore", path, mark };
}
