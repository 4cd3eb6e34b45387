import { pairsOf } from "../../components/regionZoneTagging/tagAttachments/model";
import type {
  Tagging,
  TagsByPath,
  Topology,
} from "../../components/regionZoneTagging/changes/model";
import { formerNames, type FormerNames } from "../../components/regionZoneTagging/changes/renamed";
import { recordOf, textOf, textsOf, type Bag, type PreviewEvents } from "./events";

/** Reads the regions and zones from the outputs of a stack. */
export function topologyOf(outputs: Bag): Topology {
  return new Map(
    Object.entries(recordOf(outputs["regions"])).map(([name, value]) => {
      const { datacenter, zones } = recordOf(value);
      const clusters = Object.entries(recordOf(zones)).map(
        ([zone, place]) => [zone, textOf(recordOf(place)["cluster"])] as const,
      );
      return [name, { datacenter: textOf(datacenter), zones: new Map(clusters) }];
    }),
  );
}

/** Reads which tags the last `up` attached and which the program asks for. Undefined when nothing is said of them. */
export function taggingOf({ steps, refreshed }: PreviewEvents): Tagging {
  const step = attachmentsAmong(steps);
  // Without a step nothing changes; what is recorded is still there to be shown.
  const recorded = (step ?? attachmentsAmong(refreshed))?.recorded;
  const before = tagsByPath(recorded?.outputs ?? {});
  if (step === undefined) return { before, after: before, foreign: [] };
  const wanted = step.wanted?.inputs ?? {};
  return { before, after: tagsByPath(wanted), foreign: foreignTags(wanted) };
}

/** Reads which tags get another name. */
export function formerNamesIn({ steps }: PreviewEvents): FormerNames {
  const step = attachmentsAmong(steps);
  return formerNames(idsOfTags(step?.recorded?.outputs), idsOfTags(step?.wanted?.inputs));
}

function idsOfTags(properties: Bag = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(recordOf(properties["tags"])).map(([name, id]) => [name, textOf(id)]),
  );
}

function attachmentsAmong<T extends { readonly type: string }>(of: readonly T[]): T | undefined {
  return of.find(({ type }) => type.endsWith(":TagAttachments"));
}

/** The one place that knows how the resource keeps its pairs. */
function tagsByPath(properties: Bag): TagsByPath {
  const attachments = Object.fromEntries(
    Object.entries(recordOf(properties["attachments"])).map(([key, value]) => [
      key,
      typeof value === "string" ? value : textsOf(value),
    ]),
  );
  const tags = new Map<string, Set<string>>();
  for (const { tag, path } of pairsOf(attachments)) {
    tags.set(path, (tags.get(path) ?? new Set<string>()).add(tag));
  }
  return tags;
}

function foreignTags(wanted: Bag): Tagging["foreign"] {
  const names = new Map(Object.entries(idsOfTags(wanted)).map(([name, id]) => [id, name]));
  return Object.entries(recordOf(wanted["announced"])).map(([id, paths]) => ({
    tag: names.get(id) ?? id,
    paths: textsOf(paths),
  }));
}
