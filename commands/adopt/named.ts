import type { Configuration, RoleDefinition } from "../../configuration";

/** What a configuration names and a stack makes, uses or takes over. */
export type Subject =
  "region category" | "zone category" | "region tag" | "zone tag" | "role" | "read-only role";

/** A key of the configuration, by the way that leads to it: `["regions", 0, "zones", 1]`. */
export type Place = readonly (string | number)[];

/** An object that a tag is wanted on. */
export interface WantedCarrier {
  /** Full inventory path. */
  readonly path: string;
  readonly type: "Datacenter" | "ClusterComputeResource" | "Datastore";
}

/** Something of the configuration that can be there already. */
export interface Named {
  readonly subject: Subject;
  readonly name: string;
  /** Where it stands; beside its name goes `existing: true`. */
  readonly place: Place;
  /** Whether the configuration says so already. */
  readonly isUsed: boolean;
  /** Whether the configuration can say so. */
  readonly canBeUsed: boolean;
  /** Of categories and tags. */
  readonly description?: string;
  /** Of categories: the types that its tags go on, and how many of them an object can carry. */
  readonly category?: {
    readonly types: readonly string[];
    readonly cardinality: "SINGLE" | "MULTIPLE";
  };
  /** Of tags. */
  readonly carriers?: readonly WantedCarrier[];
  /** Of roles. */
  readonly role?: {
    readonly privileges: readonly string[];
    /** Who is granted it, each with the path of the object. */
    readonly grants: readonly { readonly principal: string; readonly path: string }[];
  };
  /** As which resource the program makes it. */
  readonly resource: NamedResource;
}

/** A resource of the program. */
export interface NamedResource {
  readonly type: string;
  readonly name: string;
  /** The component that it belongs to. */
  readonly parent: "topology" | "kubernetes";
}

/**
 * Everything that the configuration names and that can be there already, in the order in which a stack makes it. The
 * resources are those of `RegionZoneTagging` and `KubernetesRole` under the names that index.ts gives them.
 */
export function namedThings({ categories, regions, role }: Configuration): Named[] {
  const { region, zone } = categories;
  return [
    ...[
      { ...region, subject: "region category" as const, cardinality: "SINGLE" as const },
      { ...zone, subject: "zone category" as const },
    ].map(({ subject, name, description, existing, cardinality }): Named => ({
      ...{ subject, name, description },
      isUsed: existing,
      canBeUsed: true,
      place: ["categories", subject === "region category" ? "region" : "zone"],
      category: {
        types: [
          subject === "region category" ? "Datacenter" : "ClusterComputeResource",
          "Datastore",
        ],
        cardinality,
      },
      resource: resource(
        "tagCategory:TagCategory",
        subject === "region category" ? "region-category" : "zone-category",
      ),
    })),
    ...regions.map((one, index): Named => ({
      ...{ subject: "region tag", name: one.name, description: one.description },
      isUsed: one.existing,
      canBeUsed: true,
      place: ["regions", index],
      carriers: [
        { path: one.datacenter, type: "Datacenter" },
        ...one.zones.flatMap(({ datastores }) => datastores.map(datastore)),
      ],
      resource: resource("tag:Tag", one.name),
    })),
    ...regions.flatMap(({ zones }, index) =>
      zones.map((one, number): Named => ({
        ...{ subject: "zone tag", name: one.name, description: one.description },
        isUsed: one.existing,
        canBeUsed: true,
        place: ["regions", index, "zones", number],
        carriers: [
          { path: one.cluster, type: "ClusterComputeResource" },
          ...one.datastores.map(datastore),
        ],
        resource: resource("tag:Tag", one.name),
      })),
    ),
    ...roles(role),
  ];
}

function roles(role: Configuration["role"]): Named[] {
  if (role === undefined) return [];
  const { grants, principals, readOnlyRole, existing } = role;
  const named = (
    subject: "role" | "read-only role",
    { name, privileges }: RoleDefinition,
    kind: "full" | "readOnly",
  ): Named => ({
    ...{ subject, name, place: ["role"] },
    isUsed: subject === "role" && existing,
    canBeUsed: subject === "role",
    role: {
      privileges,
      grants: grants
        .filter((grant) => grant.role === kind)
        .flatMap(({ path }) =>
          principals.map((principal) => ({ principal: principal.name, path })),
        ),
    },
    resource: {
      type: "vsphere:index/role:Role",
      name: kind === "full" ? "kubernetes-role" : "kubernetes-read-only-role",
      parent: "kubernetes",
    },
  });
  return [
    named("role", role, "full"),
    ...(readOnlyRole === undefined ? [] : [named("read-only role", readOnlyRole, "readOnly")]),
  ];
}

function datastore(path: string): WantedCarrier {
  return { path, type: "Datastore" };
}

function resource(type: string, name: string): NamedResource {
  return { type: `vsphere:index/${type}`, name: `topology-${name}`, parent: "topology" };
}
