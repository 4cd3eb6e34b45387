import { deckhouseVersionRules } from "../../../configuration/rules/deckhouseVersion";
import { certificate } from "../../support/certificate";
import { installed } from "./clusterSupport";
import { describeRules, type RuleCase } from "./ruleTable";

const bgp = "ingress.metallbBGP";
const controller = "ingress.controllerVersion";
const nsxt = { host: "n", user: "u", defaultIpPoolName: "p", tier1GatewayPath: "g" };

const kubernetes = (version: string, wanted: string): RuleCase => [
  { "deckhouse.version": version, kubernetesVersion: wanted },
];
const refusedKubernetes = (version: string, wanted: string, rest: string): RuleCase => [
  ...kubernetes(version, wanted),
  `@.kubernetesVersion: found "${wanted}": Deckhouse ${version} installs Kubernetes ${rest}`,
];
const refusedController = (version: string, wanted: string, rest: string): RuleCase => [
  { "deckhouse.version": version, [controller]: wanted },
  `@.${controller}: found "${wanted}": Deckhouse ${version} has the controllers ${rest}`,
];
describeRules(
  "what the version of Deckhouse accepts",
  deckhouseVersionRules,
  {
    kubernetesIsAccepted: {
      "Deckhouse 1.77 with Kubernetes 1.31": refusedKubernetes(
        "1.77",
        "1.31",
        "1.32 to 1.36, and would refuse the document: write one of 1.32, 1.33, 1.34, 1.35, 1.36 or Automatic, or set " +
          "deckhouse.version to 1.74 or 1.75 or 1.76",
      ),
      "Deckhouse 1.74 with Kubernetes 1.35": refusedKubernetes(
        "1.74",
        "1.35",
        "1.30 to 1.34, and would refuse the document: write one of 1.30, 1.31, 1.32, 1.33, 1.34 or Automatic, or set " +
          "deckhouse.version to 1.75 or 1.76 or 1.77 or 1.78",
      ),
      "a patch of Deckhouse 1.76 with a Kubernetes that none installs": refusedKubernetes(
        "1.76.2",
        "1.20",
        "1.31 to 1.35, and would refuse the document: write one of 1.31, 1.32, 1.33, 1.34, 1.35 or Automatic",
      ),
      "the oldest of 1.74 is accepted": kubernetes("1.74.17", "1.30"),
      "the newest of 1.74 is accepted": kubernetes("1.74.17", "1.34"),
      "the oldest of 1.75 is accepted": kubernetes("1.75", "1.31"),
      "the newest of 1.76 is accepted": kubernetes("1.76", "1.35"),
      "the oldest of 1.77 is accepted": kubernetes("1.77", "1.32"),
      "the newest of 1.77 is accepted": kubernetes("1.77.3", "1.36"),
      "Automatic is accepted": kubernetes("1.77", "Automatic"),
      "any is accepted with an unknown newer Deckhouse": kubernetes("1.99", "1.60"),
      "any is accepted with an unknown older Deckhouse": kubernetes("1.70", "1.27"),
    },
    ingressControllerIsAccepted: {
      "an old controller": refusedController(
        "1.77",
        "1.10",
        "1.12, 1.14, 1.15, and would refuse the document: write one of them, or set deckhouse.version to 1.74 or 1.75 or 1.76",
      ),
      "an old controller beside the first": [
        {
          "deckhouse.version": "1.76",
          additionalIngresses: [
            { name: "internal", externalLoadBalancer: {}, controllerVersion: "1.15" },
          ],
        },
        '@.additionalIngresses[0].controllerVersion: found "1.15": Deckhouse 1.76 has the controllers 1.10, 1.12, 1.14, and ' +
          "would refuse the document: write one of them, or set deckhouse.version to 1.77 or 1.78",
      ],
      "a controller that is none": refusedController(
        "1.75",
        "v1",
        "1.10, 1.12, 1.14, and would refuse the document: write one of them",
      ),
      "the oldest of 1.74 is accepted": [{ "deckhouse.version": "1.74", [controller]: "1.9" }],
      "the newest of 1.76 is accepted": [{ "deckhouse.version": "1.76", [controller]: "1.14" }],
      "the newest of 1.77 is accepted": [{ "deckhouse.version": "1.77", [controller]: "1.15" }],
      "any is accepted with an unknown Deckhouse": [
        { "deckhouse.version": "1.99", [controller]: "2.0" },
      ],
    },
    releaseChannelExists: {
      "LTS before there was one": [
        { deckhouse: { version: "1.75", releaseChannel: "LTS" } },
        'deckhouse.releaseChannel: found "LTS": Deckhouse 1.75 has no such channel, and would refuse the document: write ' +
          "RockSolid, or set deckhouse.version to 1.76 or newer",
      ],
      "LTS is accepted from 1.76 on": [{ deckhouse: { version: "1.76", releaseChannel: "LTS" } }],
    },
    registryModeExists: {
      "a mode before there were any": [
        { deckhouse: { version: "1.74", registryMode: "Direct" } },
        'deckhouse.registryMode: found "Direct": for Deckhouse 1.74 the registry is in InitConfiguration, which has no mode, ' +
          "so this would have no effect: remove it, or set deckhouse.version to 1.75 or newer",
      ],
      "a mode is accepted from 1.75 on": [
        { deckhouse: { version: "1.75", registryMode: "Direct" } },
      ],
    },
    nsxtCertificatesAreAccepted: {
      "certificates of NSX-T's authority before 1.78": [
        { "deckhouse.version": "1.77", nsxt: { ...nsxt, caBundle: certificate } },
        '@.nsxt.caBundle: found "<certificates>": Deckhouse 1.77 accepts no certificates here, and would refuse the ' +
          "document: set deckhouse.version to 1.78 or newer; or remove them and set insecureFlag: true, and whoever gets " +
          "between the cluster and NSX-T can read the password",
      ],
      "none are accepted before 1.78": [
        { "deckhouse.version": "1.77", nsxt: { ...nsxt, insecureFlag: true, caBundle: "" } },
      ],
      "certificates are accepted from 1.78 on": [
        { "deckhouse.version": "1.78", nsxt: { ...nsxt, caBundle: certificate } },
      ],
    },
    metallbFitsTheVersion: {
      "a greater port than the module's settings take": [
        { "deckhouse.version": "1.76", [`${bgp}.routerPort`]: 16_385 },
        `@.${bgp}.routerPort: found 16385: Deckhouse 1.76 accepts ports up to 16384, and would refuse the document: write ` +
          "16384 or less, or set deckhouse.version to 1.77 or newer",
      ],
      "a prefix that is none": [
        {
          "deckhouse.version": "1.76.3",
          [`${bgp}.aggregationLength`]: 0,
        },
        `@.${bgp}.aggregationLength: found 0: 203.0.200.0/24 would become a part of a larger network, and MetalLB would ` +
          "refuse the announcement: write 24 or more, or leave it out",
        `@.${bgp}.aggregationLength: found 0: Deckhouse 1.76.3 accepts prefixes from 1 on, and would refuse the document: ` +
          "write 1 or more, or set deckhouse.version to 1.77 or newer",
      ],
      "the greatest port is accepted": [
        { "deckhouse.version": "1.76.3", [`${bgp}.routerPort`]: 16_384 },
      ],
      "any port is accepted from 1.77 on": [
        { "deckhouse.version": "1.77", [`${bgp}.routerPort`]: 65_535 },
      ],
      "any port is accepted of 1.100": [
        { "deckhouse.version": "1.100", [`${bgp}.routerPort`]: 65_535 },
      ],
    },
  },
  { cluster: installed },
);
