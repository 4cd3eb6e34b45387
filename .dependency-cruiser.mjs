// Who may import whom. `make lint` runs these rules; by themselves: npx depcruise .
//
// A room is a folder at the top. Each rule is a sentence of what is allowed, so a file in a new place is refused until a
// rule says where it belongs. Imports of types alone (`import type`) are told apart: nothing of them is left at run time.

const typesAlone = ["type-only", "type-import"];

/** The ground floor, which every room may use: findings, and what is needed to show and compare texts. */
const findings = "^findings/";

/** The doors of vcenter/: the client, and what is known without asking vCenter, which does not load the client. */
const client = "^vcenter/index\\.ts$";
const offline = "^vcenter/offline\\.ts$";

/** The files behind the door offline.ts. */
const offlineFiles =
  "^vcenter/(?:offline|errors|http/redaction|http/trust|inventory|objects|options)\\.ts$";

/** The pure files of template/: what a template is. */
const template = "^template/[^/]+\\.ts$";

/** The folders of a run's logs and progress, which those who watch a run have to know too. */
const workFolder = "^template/runner/run\\.ts$";

/** Components and resources: files of components/ that import Pulumi, and run where the program runs. */
const resources = [
  // The component of a folder has its name.
  "^components/([^/]+)/\\1\\.ts$",
  "^components/(?:regionZoneTagging|templateImage)/args\\.ts$",
  // The door for programs of others.
  "^components/index\\.ts$",
  "^components/warnings\\.ts$",
  "^components/dynamic/dynamicResource\\.ts$",
  "^components/templateImage/progress\\.ts$",
];

/** How the state calls dynamic resources. */
const dynamicType = "^components/dynamic/dynamicType\\.ts$";

/** Pure files of components/ that resources and providers share. */
const shared = [
  "^components/regionZoneTagging/tagAttachments/model\\.ts$",
  "^components/clusterDocuments/clusterDocumentsType\\.ts$",
  dynamicType,
];

/** The relay before the vSphere provider: a process that speaks the engine's protocol, for which Pulumi has the types. */
const relay = "^components/vsphereProvider/";

/**
 * The rule that some files import nothing else of this repository, findings/ excepted, as the two rules that
 * dependency-cruiser needs for it: on any import, and on imports that are more than types.
 *
 * @param name of the rule; that of what holds only at run time ends with `-at-run-time`
 * @param from whose imports are looked at: paths, and paths that are left out
 * @param values what may be imported
 * @param types what may be imported with `import type` alone
 * @param comment why, and what to do
 */
function importsOnly(name, { from, values, types = [], comment }) {
  return [
    {
      name,
      severity: "error",
      comment,
      from,
      to: { dependencyTypes: ["local"], pathNot: [findings, ...values, ...types] },
    },
    {
      name: `${name}-at-run-time`,
      severity: "error",
      comment: `${comment} Types are fine: write "import type".`,
      from,
      to: {
        dependencyTypes: ["local"],
        dependencyTypesNot: typesAlone,
        path: types.length > 0 ? types : undefined,
        pathNot: values,
      },
    },
  ].slice(0, types.length > 0 ? 2 : 1);
}

const forbidden = [
  {
    name: "no-circle",
    severity: "error",
    comment:
      "Files that import each other in a circle, even types alone, can only be understood and moved together: move what both need to the file that needs nothing of the other, or to one of its own.",
    from: {},
    to: { circular: true },
  },

  ...importsOnly("findings-below-all", {
    from: { path: findings },
    values: [],
    comment:
      "findings/ is the ground floor that every room may use, so it knows none of them: give it what it needs as a parameter.",
  }),
  ...importsOnly("vcenter-alone", {
    from: { path: "^vcenter/" },
    values: ["^vcenter/"],
    comment:
      "vcenter/ is a client that knows nothing of this project but findings/: give it what it needs as a parameter, or move the shared part into it.",
  }),
  {
    name: "vcenter-by-its-doors",
    severity: "error",
    comment:
      "vcenter/ is entered by index.ts (the client) or offline.ts (what is known without asking) alone, tests excepted: export the name from one of them.",
    from: { pathNot: "^(?:vcenter|test)/" },
    to: { path: "^vcenter/", pathNot: [client, offline] },
  },
  {
    name: "vcenter-offline-without-client",
    severity: "error",
    comment:
      "What vcenter/offline.ts exports is loaded in each preview, where the client with its packages costs 60 ms: import types alone, or move the function to a file of the client.",
    from: { path: offlineFiles },
    to: { pathNot: [offlineFiles, findings], dependencyTypesNot: [...typesAlone, "core"] },
  },

  ...importsOnly("template-pure", {
    from: { path: template },
    values: [template],
    types: ["^vcenter/"],
    comment:
      "What a template is stands in pure files, which the program, the provider and the runner share: they know each other and types of vcenter/.",
  }),
  ...importsOnly("runner-apart", {
    from: { path: "^template/runner/" },
    values: ["^template/", "^vcenter/"],
    comment:
      "The runner is a process of its own that the engine starts with a request: it knows template/ and vcenter/, and all else has to be in the request.",
  }),

  ...importsOnly("configuration-pure", {
    from: { path: "^configuration/" },
    values: ["^configuration/", template, offline],
    types: ["^vcenter/"],
    comment:
      "The configuration is checked and resolved without asking anybody: it knows the pure files of template/, vcenter/offline.ts, and types of vcenter/.",
  }),
  ...importsOnly("documents-from-the-configuration", {
    from: { path: "^documents/" },
    values: ["^documents/", "^configuration/"],
    types: [template, "^vcenter/"],
    comment: "Documents are made of the configuration, and of nothing else but types.",
  }),
  ...importsOnly("preflight-from-the-configuration", {
    from: { path: "^preflight/" },
    values: ["^preflight/", "^configuration/", template, offline],
    types: ["^vcenter/"],
    comment:
      "A check is data and a pure function of the configuration and of what was read of vCenter: it knows the configuration, pure files of template/, vcenter/offline.ts, and else types.",
  }),

  {
    name: "pulumi-where-it-belongs",
    severity: "error",
    comment:
      "Pulumi is for index.ts, components and resources, and configuration/stackSettings.ts. A provider, or anything else that is to run without an engine, takes plain values. (A new file that is part of a resource belongs into the list `resources` of .dependency-cruiser.mjs.)",
    from: {
      pathNot: [
        "^index\\.ts$",
        "^configuration/stackSettings\\.ts$",
        "^(?:examples|policy|scripts|test)/",
        ...resources,
        relay,
      ],
    },
    to: { path: "^(?:node_modules/)?@pulumi/|^sdks/" },
  },
  ...importsOnly("program-without-vcenter", {
    from: { path: ["^index\\.ts$", ...resources, ...shared] },
    values: [
      ...resources,
      ...shared,
      "^(?:configuration|documents|sdks)/",
      template,
      workFolder,
      offline,
    ],
    types: ["^components/", "^preflight/", "^template/", "^vcenter/"],
    comment:
      "Program and providers are two processes. What asks vCenter is in a provider; a component or resource knows other resources, the configuration, pure files of template/, and vcenter/offline.ts. (A pure file that both sides need belongs into the list `shared` of .dependency-cruiser.mjs.)",
  }),
  ...importsOnly("provider-in-its-process", {
    from: { path: "^components/", pathNot: [...resources, ...shared] },
    values: ["^(?:components|configuration|preflight|sdks|vcenter)/", template],
    comment:
      "A provider runs in a process of the engine, without the program: it knows the configuration, preflight/, pure files of template/, and vcenter/.",
  }),
  {
    name: "provider-without-resources",
    severity: "error",
    comment:
      'A provider runs in a process of the engine, without the program, and must not load Pulumi\'s resources there: take plain values, or types alone ("import type").',
    from: { path: "^components/", pathNot: [...resources, ...shared] },
    to: { path: resources, dependencyTypesNot: typesAlone },
  },

  ...importsOnly("policy-from-the-configuration", {
    from: { path: "^policy/" },
    values: [
      "^policy/",
      "^configuration/",
      template,
      offline,
      dynamicType,
      "^launch/compile\\.js$",
    ],
    types: ["^vcenter/"],
    comment:
      "A policy pack runs in a process of its own beside any program: it knows the configuration and how resources are called in a state, and is known to nobody.",
  }),
  {
    name: "policy-known-to-nobody",
    severity: "error",
    comment:
      "The policy pack is not part of the program: move what the program needs of it to a room of the program.",
    from: { pathNot: "^(?:policy|test)/" },
    to: { path: "^policy/" },
  },

  {
    name: "commands-beside-the-program",
    severity: "error",
    comment:
      "commands/ is what people run beside pulumi, and the last to know the others: move what the program needs of it to a room of the program.",
    from: { pathNot: "^(?:commands|scripts|test)/" },
    to: { path: "^commands/" },
  },
  {
    name: "product-without-tools",
    severity: "error",
    comment:
      "The product works without the developers' tools: move what it needs out of scripts/ or lab/.",
    from: { pathNot: "^(?:scripts|test)/" },
    to: { path: "^(?:scripts|lab)/" },
  },
  {
    name: "nothing-imports-tests",
    severity: "error",
    comment: "Only tests import test/: what demo, bench and tests share belongs into scripts/.",
    from: { pathNot: "^test/" },
    to: { path: "^test/" },
  },
];

export default {
  forbidden,
  options: {
    // Imports of types alone are imports too.
    tsPreCompilationDeps: true,
    skipAnalysisNotInRules: true,
    // Installed, built or generated: what leads to it is seen, what is in it is not looked at.
    doNotFollow: {
      path: "(?:^|/)node_modules(?:/|$)|^(?:sdks|\\.compiled|\\.lab|\\.template-images)(?:/|$)",
    },
  },
};
