import { Document, isMap, isNode, isPair, isScalar, isSeq, type YAMLMap } from "yaml";
import { configurationSchema } from "../../configuration/schema";
import { settings } from "../../configuration/settings";
import { visibleLine } from "../../findings/text";
import { namespace, OptionalKeys, settingComments, wrapped } from "./optionalKeys";
import type { Note, Proposal, RegionProposal, RoleProposal, ZoneProposal } from "./proposal";

/** What stands at the head of the file, and how to log in. */
export interface Origin {
  /** As it was asked for: `vcenter.example.com`. */
  readonly server: string;
  readonly user: string;
  /** vCenter's own words: `VMware vCenter Server 8.0.3`. */
  readonly product: string;
  /** The JSON Schema for editors, relative to the file. */
  readonly jsonSchema: string;
}

/** The configuration that a proposal comes to: what is decided, and nothing that has a default. */
export function writtenConfiguration(proposal: Proposal): Record<string, unknown> {
  const { role, template } = proposal;
  const categories = Object.fromEntries(
    (["region", "zone"] as const).flatMap((kind) => {
      const { name, existing, cardinality } = proposal.categories[kind];
      const written = {
        ...(name !== `k8s-${kind}` && { name }),
        ...(kind === "zone" && cardinality === "MULTIPLE" && { cardinality }),
        ...(existing && { existing }),
      };
      return Object.keys(written).length === 0 ? [] : [[kind, written]];
    }),
  );
  return {
    ...(Object.keys(categories).length > 0 && { categories }),
    ...(proposal.regions.length > 0 && { regions: proposal.regions.map(writtenRegion) }),
    ...(role !== undefined && { role: writtenRole(role) }),
    ...(template !== undefined && { templateImage: { existing: { template } } }),
  };
}

function writtenRegion({ name, existing, datacenter, zones }: RegionProposal): object {
  return {
    name,
    ...(existing && { existing }),
    datacenter,
    ...(zones.length > 0 && { zones: zones.map(writtenZone) }),
  };
}

function writtenZone({ name, existing, cluster, datastores }: ZoneProposal): object {
  return {
    name,
    ...(existing && { existing }),
    cluster,
    ...(datastores.length > 0 && { datastores }),
  };
}

function writtenRole(role: RoleProposal): object {
  const { name, existing, preset, extraPrivileges, principals, grant } = role;
  return {
    name,
    ...(existing && { existing }),
    ...(preset !== "current" && { preset }),
    ...(extraPrivileges.length > 0 && { extraPrivileges }),
    ...(principals.length > 0 && {
      principals: principals.map((one) => (one.group ? one : one.name)),
    }),
    ...(grant !== undefined && { grant }),
  };
}

/**
 * The stack's file for a proposal: what was decided as values, why and what is open as comments above them, and every
 * other key as a comment with its meaning. It holds no secret.
 */
export function stackFileText(proposal: Proposal, origin: Origin): string {
  const found = {
    [settings.server.key]: origin.server,
    [settings.user.key]: origin.user,
    ...Object.fromEntries(
      Object.entries(writtenConfiguration(proposal)).map(([key, value]) => [
        namespace + key,
        value,
      ]),
    ),
  };
  const document = new Document({ config: found }, { aliasDuplicateObjects: false });
  const config = document.get("config", true) as YAMLMap;
  const regions = config.get(`${namespace}regions`, true);
  for (const [index, region] of proposal.regions.entries()) {
    const map = isSeq(regions) ? regions.items[index] : undefined;
    if (isMap(map)) map.comment = clusterComment(region, index, proposal.notes);
  }
  const isInCluster = ({ at }: Note): boolean => at.includes(".clusterConfiguration");
  for (const note of proposal.notes) {
    if (!isInCluster(note)) comment(config, note);
  }
  // A region's own is told with what was found for it, and the keys of all clusters once, at the top.
  new OptionalKeys(new Set(["clusterConfiguration"])).add(config, configurationSchema, namespace);
  const rest = settingComments(new Set(Object.keys(found)));
  config.comment = [config.comment, ...rest].filter((part) => part).join("\n");
  document.commentBefore = [
    ` yaml-language-server: $schema=${origin.jsonSchema}`,
    ...wrapped(
      visibleLine(`Discovered in the vCenter ${origin.server} (${origin.product}).`) +
        ' What begins with "choose" could not be decided. Keys in comments are optional.',
    ),
  ].join("\n");
  return document.toString({ lineWidth: 0 });
}

/** What was found for the cluster of a region, as comment lines: a person has to add what vCenter cannot know. */
function clusterComment(
  { cluster }: RegionProposal,
  index: number,
  notes: readonly Note[],
): string {
  const { vmFolderPath, vmFolderExists, network, rootDiskDatastore } = cluster;
  const found = {
    clusterConfiguration: {
      vmFolderPath,
      ...(vmFolderExists && { vmFolderExists }),
      ...(rootDiskDatastore !== undefined && { rootDiskDatastore }),
      ...(network !== undefined && { networks: [{ path: network, nodeAddress: "internal" }] }),
    },
  };
  const own = notes.filter(({ at }) => at.startsWith(`regions[${index}].clusterConfiguration`));
  return [
    ...wrapped(
      "The cluster of this region, as far as vCenter tells. For Deckhouse's documents, take the comment marks away " +
        "and add what is missing: the networks' subnet, sshPublicKey and masterNodeGroup, explained at the end.",
    ),
    ...own.flatMap(noteLines),
    ...new Document(found)
      .toString({ lineWidth: 0 })
      .trimEnd()
      .split("\n")
      .map((line) => ` ${line}`),
  ].join("\n");
}

function noteLines({ kind, at, text }: Note): string[] {
  const key = at.slice(at.lastIndexOf(".") + 1);
  return wrapped(visibleLine(kind === "choose" ? `choose: ${key}: ${text}` : `${key}: ${text}`));
}

/** Puts a note above the place that it is about; where that is not in the file, above the nearest that it is in. */
function comment(config: YAMLMap, note: Note): void {
  const lines = noteLines(note).join("\n");
  const [first = "", ...rest] = note.at.split(/[.[\]]+/).filter((part) => part !== "");
  let target: { commentBefore?: string | null } | undefined;
  let inside: unknown = config;
  for (const segment of [namespace + first, ...rest]) {
    if (isMap(inside)) {
      const pair = inside.items.find(({ key }) => isScalar(key) && key.value === segment);
      if (pair === undefined || !isPair(pair) || !isScalar(pair.key)) break;
      target = pair.key;
      inside = pair.value;
    } else if (isSeq(inside)) {
      const item: unknown = inside.items[Number(segment)];
      if (!isNode(item)) break;
      target = item;
      inside = item;
    } else {
      break;
    }
  }
  if (target === undefined) {
    config.comment = [config.comment, lines].filter((part) => part).join("\n");
  } else {
    target.commentBefore = [target.commentBefore, lines].filter((part) => part).join("\n");
  }
}
