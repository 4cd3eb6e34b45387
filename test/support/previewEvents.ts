import { isDeepStrictEqual } from "node:util";
import { clusterDocumentsType } from "../../components/clusterDocuments/clusterDocumentsType";
import { byPath } from "../../components/regionZoneTagging/tagAttachments/model";

/** A region of a sample: the datacenter, and the cluster and datastores of each zone. */
export interface SampleRegion {
  readonly datacenter: string;
  readonly zones: Readonly<Record<string, readonly [cluster: string, ...datastores: string[]]>>;
}

/** A permission of a sample. */
export interface SampleGrant {
  readonly path: string;
  readonly principal: string;
  readonly roleName: string;
  readonly propagate: boolean;
}

/** What a stack of this program is made of, as far as a review speaks of it. */
export interface Sample {
  readonly regions: Readonly<Record<string, SampleRegion>>;
  /** Descriptions of tags, by their names; the name itself where none is given. */
  readonly descriptions: Readonly<Record<string, string>>;
  readonly categories: Readonly<Record<string, string>>;
  readonly role: { readonly name: string; readonly rolePrivileges: readonly string[] };
  readonly grants: readonly SampleGrant[];
  readonly documents: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The template of each region, as documents name it. */
  readonly templates: Readonly<Record<string, string>>;
  /** The inputs of the Commands that make templates, by region. */
  readonly making: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Resources of other programs, by type and name. */
  readonly others: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Tags that others attached and that go, by the ids of the tags. */
  readonly announced?: Readonly<Record<string, readonly string[]>>;
}

/** What somebody did in vCenter since the last `up`. */
export interface SampleDrift {
  /** Properties that are different now, by the last part of the resource's URN; null for one that is gone. */
  readonly present?: Readonly<Record<string, Readonly<Record<string, unknown>> | null>>;
  /** What the attachments say of it. */
  readonly attachments?: readonly string[];
  /** What permissions say of it, by the last part of the URN. */
  readonly permissions?: Readonly<Record<string, string>>;
}

/** A preview to make up. */
export interface SamplePreview {
  /** What the last `up` made; undefined before the first. */
  readonly before: Sample | undefined;
  readonly after: Sample;
  readonly drift?: SampleDrift;
  /** What is said beside the steps: `info` without a severity. */
  readonly said?: readonly (string | { readonly severity: string; readonly message: string })[];
  /** The former names of regions and zones whose tags are renamed, by the new ones. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** The last parts of URNs of what is replaced. */
  readonly replaced?: readonly string[];
}

interface Resource {
  readonly type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

const project = "urn:pulumi:test::deckhouse-vsphere";
const dynamic = "pulumi-nodejs:dynamic";

/**
 * The event log of a preview, in the shape that pulumi 3.259 writes: only the events and the fields that a review reads,
 * and some that it must not take for anything.
 */
export function previewEvents(preview: SamplePreview): string {
  const { before, after, drift = {}, said = [], renamed = {}, replaced = [] } = preview;
  const [olds, news] = [
    before ? resourcesOf(before) : new Map<string, Resource>(),
    resourcesOf(after, renamed),
  ];
  // The engine finds a renamed tag by its alias, and gives the step its new URN.
  const formerly = new Map(
    Object.entries(renamed).map(([tag, former]) => [`topology-${tag}`, `topology-${former}`]),
  );
  const events: object[] = [
    { preludeEvent: { config: {} } },
    { diagnosticEvent: { severity: "debug", message: "Registering resource: t=..." } },
    stackEvent("resourcePreEvent", before, after),
  ];
  for (const [name, resource] of olds) {
    events.push({
      resourcePreEvent: metadata("refresh", name, resource.type, outputsOf(name, resource)),
    });
    const found = presentOf(name, resource, drift);
    const old = outputsOf(name, resource);
    events.push({ resOutputsEvent: metadata("refresh", name, resource.type, old, found) });
  }
  for (const line of said) {
    const diagnostic = typeof line === "string" ? { severity: "info", message: line } : line;
    events.push({ diagnosticEvent: { ...diagnostic, message: `${diagnostic.message}\n` } });
  }
  const gone = [...olds.keys()].filter((name) => ![...formerly.values()].includes(name));
  for (const name of new Set([...news.keys(), ...gone])) {
    const old = olds.get(formerly.get(name) ?? name);
    events.push(...stepEvents(name, old, news.get(name), drift, replaced));
  }
  events.push(documentsEvent(before, after));
  events.push(stackEvent("resOutputsEvent", before, after));
  events.push({ summaryEvent: { isPreview: true, resourceChanges: {} } });
  return events.map((event) => `${JSON.stringify(event)}\n`).join("");
}

function stepEvents(
  name: string,
  old: Resource | undefined,
  wanted: Resource | undefined,
  drift: SampleDrift,
  replaced: readonly string[],
): object[] {
  const type = (wanted ?? old)?.type ?? "";
  const present = old && presentOf(name, old, drift);
  const state = wanted && { inputs: wanted.inputs, outputs: wanted.inputs };
  const events = (operation: string): object[] => [
    { resourcePreEvent: metadata(operation, name, type, present, state) },
    { resOutputsEvent: metadata(operation, name, type, present, state) },
  ];
  if (wanted === undefined) return present === undefined ? [] : events("delete");
  if (present === undefined) return events("create");
  if (replaced.includes(name)) {
    return ["create-replacement", "replace", "delete-replaced"].flatMap(events);
  }
  const isSame = isDeepStrictEqual(present.inputs, wanted.inputs) && !hasDrift(present.outputs);
  return events(isSame ? "same" : "update");
}

function hasDrift({ drift }: Readonly<Record<string, unknown>>): boolean {
  return drift !== undefined && drift !== "" && !isDeepStrictEqual(drift, []);
}

interface State {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

function outputsOf(name: string, { type, inputs }: Resource): State {
  const none = type.endsWith(":TagAttachments")
    ? { drift: [] }
    : type.endsWith(":Permission")
      ? { drift: "" }
      : {};
  return { inputs, outputs: { id: `id of ${name}`, ...inputs, ...none } };
}

function presentOf(name: string, resource: Resource, drift: SampleDrift): State | undefined {
  const changed = drift.present?.[name];
  if (changed === null) return undefined;
  const { inputs, outputs } = outputsOf(name, resource);
  const sentences = resource.type.endsWith(":TagAttachments")
    ? drift.attachments
    : drift.permissions?.[name];
  return {
    inputs: { ...inputs, ...changed },
    outputs: { ...outputs, ...changed, ...(sentences !== undefined && { drift: sentences }) },
  };
}

function metadata(op: string, name: string, type: string, old?: object, wanted?: object): object {
  const urn = `${project}::${type}::${name}`;
  return { metadata: { op, urn, type, old: old ?? null, new: wanted ?? null, detailedDiff: null } };
}

function stackEvent(kind: string, before: Sample | undefined, after: Sample): object {
  const old = before && { inputs: {}, outputs: stackOutputs(before) };
  const wanted = { inputs: {}, outputs: stackOutputs(after) };
  const op = before === undefined ? "create" : "same";
  return { [kind]: metadata(op, "deckhouse-vsphere-test", "pulumi:pulumi:Stack", old, wanted) };
}

function documentsEvent(before: Sample | undefined, after: Sample): object {
  const [old, wanted] = [before, after].map(
    (sample) => sample && { inputs: {}, outputs: { files: sample.documents } },
  );
  const op = before === undefined ? "create" : "same";
  return { resOutputsEvent: metadata(op, "documents", clusterDocumentsType, old, wanted) };
}

function stackOutputs({ regions, documents, templates }: Sample): object {
  return {
    regions: Object.fromEntries(
      Object.entries(regions).map(([name, { datacenter, zones }]) => [
        name,
        {
          datacenter,
          zones: Object.fromEntries(
            Object.entries(zones).map(([zone, [cluster]]) => [zone, { cluster }]),
          ),
        },
      ]),
    ),
    documents: { ciphertext: "[secret]" },
    documentFiles: Object.fromEntries(Object.keys(documents).map((region) => [region, {}])),
    templates,
  };
}

function resourcesOf(
  sample: Sample,
  renamed: SamplePreview["renamed"] = {},
): Map<string, Resource> {
  const { regions, descriptions, categories, role, grants, making, others, announced } = sample;
  const tags = Object.entries(regions).flatMap(([region, { zones }]) => [
    region,
    ...Object.keys(zones),
  ]);
  const pairs = Object.entries(regions).flatMap(([region, { datacenter, zones }]) => [
    { tag: region, path: datacenter, reference: undefined },
    ...Object.entries(zones).flatMap(([zone, [cluster, ...datastores]]) => [
      { tag: zone, path: cluster, reference: undefined },
      ...datastores.flatMap((path) =>
        [region, zone].map((tag) => ({ tag, path, reference: undefined })),
      ),
    ]),
  ]);
  const attachments = {
    tags: Object.fromEntries(tags.map((tag) => [tag, `id of ${renamed[tag] ?? tag}`])),
    attachments: byPath(pairs).attachments,
    ...(announced !== undefined && { announced }),
  };
  const { name, rolePrivileges } = role;
  return new Map<string, Resource>([
    ["vcenter", { type: `${dynamic}/vCenter:VCenter`, inputs: { server: "vcenter.example.com" } }],
    ...Object.entries(categories).map(([category, description]): [string, Resource] => [
      `topology-${category}`,
      {
        type: "vsphere:index/tagCategory:TagCategory",
        inputs: { name: category, description, cardinality: "SINGLE" },
      },
    ]),
    ...tags.map((tag): [string, Resource] => [
      `topology-${tag}`,
      {
        type: "vsphere:index/tag:Tag",
        inputs: { name: tag, description: descriptions[tag] ?? tag },
      },
    ]),
    [
      "topology-attachments",
      { type: `${dynamic}/tagAttachments:TagAttachments`, inputs: attachments },
    ],
    ["kubernetes-role", { type: "vsphere:index/role:Role", inputs: { name, rolePrivileges } }],
    [
      "kubernetes-role-guard",
      { type: `${dynamic}/roleGuard:RoleGuard`, inputs: { roleName: name } },
    ],
    ...grants.map((grant): [string, Resource] => [
      `kubernetes-${grant.principal}-on-${grant.path}`,
      { type: `${dynamic}/permission:Permission`, inputs: { ...grant } },
    ]),
    ...Object.entries(making).map(([region, inputs]): [string, Resource] => [
      `template-${region}`,
      { type: "command:local:Command", inputs },
    ]),
    ...Object.entries(others).map(([type, inputs]): [string, Resource] => [
      `other-${type.split(":").at(-1) ?? type}`,
      { type, inputs },
    ]),
  ]);
}
