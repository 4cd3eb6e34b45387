import type { TagsByPath, Topology } from "./model";
import { line, nothing, type Part } from "../../../findings/change";
import { say } from "../../../findings/words";

/** The names that regions and zones had, by the names that they get: vCenter renames their tags in place. */
export type FormerNames = ReadonlyMap<string, string>;

/**
 * Which tags get another name, told by their ids, which vCenter keeps.
 *
 * @param before the ids of the tags by the names that they had
 * @param after the same by the names that they are to have; an id that is not known yet is no one's
 */
export function formerNames(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): FormerNames {
  const names = new Map(Object.entries(before).map(([name, id]) => [id, name]));
  return new Map(
    Object.entries(after).flatMap(([name, id]): [string, string][] => {
      const former = id === "" || before[name] === id ? undefined : names.get(id);
      return former === undefined ? [] : [[name, former]];
    }),
  );
}

/** What was there, under the names that it gets: a renamed zone then is the same zone. */
export function underNewNames(
  before: Topology,
  tags: TagsByPath,
  former: FormerNames,
): { readonly before: Topology; readonly tags: TagsByPath } {
  if (former.size === 0) return { before, tags };
  const names = new Map([...former].map(([name, was]) => [was, name]));
  const nameOf = (name: string): string => names.get(name) ?? name;
  return {
    before: new Map(
      [...before].map(([region, { datacenter, zones }]) => [
        nameOf(region),
        {
          datacenter,
          zones: new Map([...zones].map(([zone, cluster]) => [nameOf(zone), cluster])),
        },
      ]),
    ),
    tags: new Map([...tags].map(([path, on]) => [path, new Set([...on].map(nameOf))])),
  };
}

/** What is told of a region or a zone that gets another name; nothing of one that keeps its own. */
export function renaming(
  kind: "region" | "zone",
  name: string,
  former: FormerNames,
  depth: number,
): Part {
  const was = former.get(name);
  if (was === undefined) return nothing;
  const what = [{ text: kind }];
  return {
    lines: [line(depth, "~", say`named ${name}, until now ${was}`)],
    sentences: [say`${what} ${was} is renamed to ${name}`],
    dangers: [{ kind: "zoneRenamed", words: say`${what} ${was} becomes ${name}` }],
  };
}
