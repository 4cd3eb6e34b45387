import type { EngineState, StateResource } from "../engineState";
import { wrapped } from "../wrapped";

/** What stays in vCenter of each type of resource, in the order of the report. The other types are nothing in vCenter. */
const kinds: readonly {
  readonly is: (type: string) => boolean;
  /** Of one, and of several. */
  readonly nouns: readonly [string, string];
  readonly names: (resource: StateResource) => string[];
}[] = [
  {
    is: (type) => type === "vsphere:index/tagCategory:TagCategory",
    nouns: ["tag category", "tag categories"],
    names: ({ outputs, name }) => [textOf(outputs["name"]) ?? name],
  },
  {
    is: (type) => type === "vsphere:index/tag:Tag",
    nouns: ["tag", "tags"],
    names: ({ outputs, name }) => [textOf(outputs["name"]) ?? name],
  },
  {
    is: (type) => type.endsWith(":TagAttachments"),
    nouns: ["object with these tags", "objects with these tags"],
    names: ({ outputs }) => pathsOf(outputs["attachments"]),
  },
  {
    is: (type) => type === "vsphere:index/role:Role",
    nouns: ["role", "roles"],
    names: ({ outputs, name }) => [textOf(outputs["name"]) ?? name],
  },
  {
    is: (type) => type.endsWith(":Permission"),
    nouns: ["permission", "permissions"],
    names: ({ outputs, name }) => {
      const { principal, path } = outputs;
      return [
        typeof principal === "string" && typeof path === "string"
          ? `${principal} on ${path}`
          : name,
      ];
    },
  },
  {
    is: (type) => type.endsWith(":TemplateLookup"),
    nouns: ["template", "templates"],
    names: ({ outputs, name }) => [textOf(outputs["path"]) ?? name],
  },
];

/** How many names are told of each kind. */
const most = 20;

/** Says what stays in vCenter when a stack is left, for a person at a terminal. */
export function staysText(stack: string, { resources, pendingCreates }: EngineState): string {
  const lines = kinds.flatMap(({ is, nouns, names }) => {
    const all = [...new Set(resources.filter(({ type }) => is(type)).flatMap((one) => names(one)))];
    if (all.length === 0) return [];
    const more = all.length > most ? ` and ${all.length - most} more` : "";
    return wrapped(
      `${all.length} ${nouns[all.length === 1 ? 0 : 1]}: ${all.slice(0, most).join(", ")}${more}`,
      "  ",
    );
  });
  const pending = pendingCreates.map(({ name }) => name);
  return [
    ...(lines.length === 0
      ? wrapped(`The state of stack ${stack} holds nothing of vCenter.`)
      : [
          ...wrapped(
            `The state of stack ${stack} holds this. All of it stays in vCenter, and the stack forgets it:`,
          ),
          ...lines,
        ]),
    ...(pending.length === 0
      ? []
      : wrapped(
          `An interrupted run was making ${pending.join(", ")}, which may be in vCenter and then stays too.`,
        )),
    "",
  ].join("\n");
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The paths that TagAttachments holds: keys, or lists in a state of version 0.1.0. */
function pathsOf(attachments: unknown): string[] {
  if (typeof attachments !== "object" || attachments === null) return [];
  return Object.entries(attachments as Record<string, unknown>).flatMap(([key, value]) =>
    Array.isArray(value) ? value.map(String) : [key],
  );
}
