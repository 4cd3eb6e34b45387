import { ownModule } from "../../../configuration/ownSettings";
import { extraSettingsRules } from "../../../configuration/rules/cluster/extraSettings";
import { describeClusterRules, type RuleCase } from "./ruleTable";

const hasKey =
  "this program has a key for it, and of two values one would be ignored: remove it here, and write";
const notAnObject =
  "Deckhouse has an object here, and this would replace what the program writes into it: write an object, or remove it";

/** A setting at the end of a path. */
function settingAt(path: string, value: unknown): object {
  return path.split(".").reduceRight<unknown>((below, key) => ({ [key]: below }), value) as object;
}

/** Each setting that has a key, of a module. */
function settingsOf(name: string, shown: string): Readonly<Record<string, RuleCase>> {
  return Object.fromEntries(
    Object.entries(ownModule(name)?.settings ?? {}).map(([path, key]): [string, RuleCase] => {
      const found = /password|secret/i.test(path) ? "<hidden>" : "true";
      return [
        `${path} of ${name}`,
        [
          { extraSettings: { [name]: { settings: settingAt(path, true) } } },
          `@.extraSettings${shown}.settings.${path}: found ${found}: ${hasKey} ${key}`,
        ],
      ];
    }),
  );
}

const user = { firstUser: { email: "a@b" }, publicDomainTemplate: "%s.example.com" };
const off = (name: string, shown: string, remedy: string, others: object = {}): RuleCase => [
  { extraSettings: { [name]: { enabled: false } }, ...others },
  `@.extraSettings${shown}.enabled: found false: what the rest of the configuration describes needs ${name}: ${remedy}`,
];

describeClusterRules("settings that have no key", extraSettingsRules, {
  extraModulesHaveNames: {
    "capital letters": [
      { extraSettings: { Prometheus: {} } },
      '@.extraSettings.Prometheus: found an object: "Prometheus" is no name of a module, and Deckhouse would refuse the ' +
        "document: write the name as Deckhouse has it, for example prometheus",
    ],
    "no name": [
      { extraSettings: { "": {} } },
      '@.extraSettings[""]: found an object: "" is no name of a module, and Deckhouse would refuse the document: write ' +
        "the name as Deckhouse has it, for example prometheus",
    ],
    "a name that objects of JavaScript have is accepted": [{ extraSettings: { constructor: {} } }],
    "a name with dashes is accepted": [{ extraSettings: { "node-local-dns": { enabled: true } } }],
  },
  extraSettingsAreNew: {
    ...settingsOf("global", ".global"),
    ...settingsOf("deckhouse", ".deckhouse"),
    ...settingsOf("cloud-provider-vsphere", '["cloud-provider-vsphere"]'),
    ...settingsOf("metallb", ".metallb"),
    "what is below such a setting, of which nothing is shown": [
      {
        extraSettings: {
          deckhouse: { settings: { registry: { unmanaged: { license: "hunter2" } } } },
        },
      },
      `@.extraSettings.deckhouse.settings.registry: found an object: ${hasKey} deckhouse.imagesRepo, registryMode, ` +
        "registryScheme and registryCA, and the secret deckhouse-vsphere:registryDockerCfg",
    ],
    "no object where there is one": [
      { extraSettings: { global: { settings: { modules: { https: ["x"] } } } } },
      `@.extraSettings.global.settings.modules.https: found a list of 1: ${notAnObject}`,
    ],
    "null where there is an object": [
      { extraSettings: { deckhouse: { settings: { update: null } } } },
      `@.extraSettings.deckhouse.settings.update: found nothing: ${notAnObject}`,
    ],
    "other settings, beside and below, are accepted": [
      {
        extraSettings: {
          global: { settings: { modules: { ingressClass: "x", placement: { y: 1 } } } },
          deckhouse: { settings: { update: { disruptionApprovalMode: "Auto" }, toString: 1 } },
        },
      },
    ],
    "settings of the same name in another module are accepted": [
      { extraSettings: { other: { version: 1, settings: { registry: 1, host: "x" } } } },
    ],
  },
  extraSettingsHaveAVersion: {
    "another version than the program's": [
      { extraSettings: { global: { version: 1 } } },
      "@.extraSettings.global.version: found 1: this program writes version 2 of the settings of global, and a document " +
        "has one version: remove it, and write the settings as version 2 has them",
    ],
    "the version of an older Deckhouse": [
      { extraSettings: { metallb: { version: 2 } } },
      "@.extraSettings.metallb.version: found 2: this program writes version 3 of the settings of metallb, and a document " +
        "has one version: remove it, and write the settings as version 3 has them",
    ],
    "no version": [
      { extraSettings: { prometheus: { settings: {} } } },
      "@.extraSettings.prometheus.version: found nothing: Deckhouse would refuse settings without a version: write the " +
        "version that the settings of prometheus are of, as its reference has it",
    ],
    "the program's version, and none, are accepted": [
      { extraSettings: { global: { version: 2 }, metallb: { version: 3, settings: {} } } },
    ],
    "the version of an older Deckhouse is accepted with it": [
      { extraSettings: { metallb: { version: 2 } }, deckhouse: { version: "1.76" } },
    ],
    "no version is accepted without settings": [{ extraSettings: { prometheus: {} } }],
  },
  neededModulesStayOn: {
    "global, which is no module": [
      { extraSettings: { global: { enabled: true } } },
      "@.extraSettings.global.enabled: found true: global is no module that could be on or off, and Deckhouse would ignore " +
        "this: remove it",
    ],
    "deckhouse off": off("deckhouse", ".deckhouse", "remove it"),
    "the vSphere provider off": off(
      "cloud-provider-vsphere",
      '["cloud-provider-vsphere"]',
      "remove it",
    ),
    "metallb off": off(
      "metallb",
      ".metallb",
      "remove it, or let traffic in by another way (ingress)",
    ),
    "user-authn off with a first user": off(
      "user-authn",
      '["user-authn"]',
      "remove it, or remove firstUser",
      user,
    ),
    "user-authn off is accepted without one": [
      { extraSettings: { "user-authn": { enabled: false } } },
    ],
    "metallb off is accepted with another way of traffic": [
      {
        extraSettings: { metallb: { enabled: false } },
        ingress: { externalLoadBalancer: {} },
      },
    ],
    "another module off is accepted": [{ extraSettings: { prometheus: { enabled: false } } }],
  },
});
