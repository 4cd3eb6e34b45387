import { pairsOf, type Recorded } from "../../components/regionZoneTagging/tagAttachments/model";

/** A category, tag or role. */
export interface StateThing {
  readonly kind: "category" | "tag" | "role";
  readonly name: string;
}

/** What a stack's state says of what the stack has in vCenter. */
export interface StateOfStack {
  /** The attachments that it made or accepted: paths by the name of the tag. */
  readonly pairs: ReadonlyMap<string, readonly string[]>;
  /** Those of them that were there before. */
  readonly found: ReadonlyMap<string, readonly string[]>;
  /** What the last preview said that it would detach. */
  readonly announced: ReadonlyMap<string, readonly string[]>;
  /** The tags that it uses, and did not make. */
  readonly usedTags: readonly string[];
  /** Its permissions, by the path of the object. */
  readonly grants: ReadonlyMap<string, { readonly found: boolean; readonly roleIsUsed: boolean }>;
  readonly made: readonly StateThing[];
  /** What it only reads. */
  readonly used: readonly StateThing[];
}

interface Resource {
  readonly type: string;
  readonly external?: boolean;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

const kinds: Readonly<Record<string, StateThing["kind"]>> = {
  "vsphere:index/tagCategory:TagCategory": "category",
  "vsphere:index/tag:Tag": "tag",
  "vsphere:index/role:Role": "role",
};

/** Reads a state as the engine exports it. */
export function readStateOfStack(exported: string): StateOfStack {
  const { deployment } = JSON.parse(exported) as {
    deployment: { resources?: Resource[] | null } | null;
  };
  const resources = deployment?.resources ?? [];
  const attachments = resources.find(({ type }) => type.endsWith(":TagAttachments"));
  const { outputs = {}, inputs = {} } = attachments ?? {};
  const names = new Map(
    Object.entries((outputs["tags"] ?? {}) as Record<string, string>).map(([name, id]) => [
      id,
      name,
    ]),
  );
  const announced = (inputs["announced"] ?? {}) as Record<string, string[]>;
  const things = resources.flatMap(({ type, external = false, outputs: details = {} }) => {
    const kind = kinds[type];
    const { name } = details;
    return kind === undefined || typeof name !== "string"
      ? []
      : [{ thing: { kind, name }, external }];
  });
  return {
    pairs: byTag(outputs["attachments"]),
    found: byTag(outputs["found"]),
    announced: new Map(
      Object.entries(announced).map(([id, where]) => [names.get(id) ?? id, where]),
    ),
    usedTags: (outputs["existing"] ?? []) as string[],
    grants: new Map(
      resources
        .filter(({ type }) => type.endsWith(":Permission"))
        .map(({ outputs: one = {} }) => [
          String(one["path"]),
          { found: one["found"] === true, roleIsUsed: one["existing"] === true },
        ]),
    ),
    made: things.filter(({ external }) => !external).map(({ thing }) => thing),
    used: things.filter(({ external }) => external).map(({ thing }) => thing),
  };
}

function byTag(attachments: unknown): Map<string, string[]> {
  const all = new Map<string, string[]>();
  for (const { tag, path } of pairsOf((attachments ?? {}) as Recorded)) {
    all.set(tag, [...(all.get(tag) ?? []), path]);
  }
  return all;
}
