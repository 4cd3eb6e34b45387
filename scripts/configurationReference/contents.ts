import { anchorOf, linkTo } from "./words";

/** A part of the page: what somebody wants to do, and the keys for it. */
export interface Chapter {
  readonly title: string;
  readonly introduction: string;
  /** Paths of the keys, each with all that is below it, unless another chapter has that. */
  readonly keys: readonly string[];
}

/** The chapters in the order in which a stack is usually written. */
export const chapters: readonly Chapter[] = [
  {
    title: "Connection and secrets",
    introduction:
      "A key that is not set is taken from the environment variable, if there is one. Set secrets with " +
      "`pulumi config set --secret <key>`, which encrypts them in the file.",
    keys: [],
  },
  {
    title: "Regions and zones",
    introduction: "What is tagged: a datacenter is a region, and a cluster in it is a zone.",
    keys: ["regions", "categories"],
  },
  {
    title: "Rights in the vCenter",
    introduction: "The role that Deckhouse's account works with, and where it is granted.",
    keys: ["role"],
  },
  {
    title: "Node template",
    introduction: "What nodes are cloned from. [templates.md](templates.md) explains the choices.",
    keys: ["templateImage"],
  },
  {
    title: "Clusters",
    introduction:
      "The Deckhouse documents are generated from these keys. [clusters.md](clusters.md) explains how they work " +
      "together.",
    keys: ["clusterConfiguration"],
  },
  {
    title: "Networks",
    introduction: "The networks of a region, as the nodes see them.",
    keys: ["clusterConfiguration.networks"],
  },
  {
    title: "Storage",
    introduction:
      "The datastores for volumes are those of the zones; these keys are about root disks and StorageClasses.",
    keys: ["clusterConfiguration.storagePolicy", "clusterConfiguration.storageClasses"],
  },
  {
    title: "Nodes",
    introduction: "The masters, and the groups of other nodes.",
    keys: [
      "clusterConfiguration.masterNodeGroup",
      "clusterConfiguration.nodeGroups",
      "clusterConfiguration.ephemeralNodeGroups",
    ],
  },
  {
    title: "Ingress and load balancers",
    introduction: "How traffic gets into the cluster.",
    keys: [
      "clusterConfiguration.ingress",
      "clusterConfiguration.additionalIngresses",
      "clusterConfiguration.nsxt",
    ],
  },
  {
    title: "Deckhouse itself",
    introduction: "What is installed, and the account it uses.",
    keys: ["deckhouse", "clusterAccount"],
  },
  {
    title: "Safety",
    introduction: "What keeps a stack from removing too much, or from working in the wrong place.",
    keys: ["protect", "vCenter", "preflight"],
  },
];

/**
 * The chapter that a key is in.
 *
 * @throws Error for a key of which no chapter says anything
 */
export function chapterOf(path: string): Chapter {
  const candidates = chapters.flatMap((chapter) => chapter.keys.map((key) => ({ key, chapter })));
  const matching = candidates
    .filter(
      ({ key }) => path === key || /^[.[]/.test(path.startsWith(key) ? path.slice(key.length) : ""),
    )
    .sort((one, other) => other.key.length - one.key.length);
  const [best] = matching;
  if (best === undefined) {
    throw new Error(`${path} is in no chapter of the reference: add it to one`);
  }
  return best.chapter;
}

/**
 * The table of contents.
 *
 * @param sections paths of the keys that have a section, in their order
 */
export function contents(sections: readonly string[]): string {
  const lines = chapters.map((chapter) => {
    const below = sections
      .filter((path) => chapterOf(path) === chapter)
      .map((path) => linkTo(path, path.replace(/^clusterConfiguration\./, "")));
    return [`- [${chapter.title}](#${anchorOf(chapter.title)})`, below.join(", ")]
      .filter((part) => part !== "")
      .join(": ");
  });
  return lines.join("\n");
}
