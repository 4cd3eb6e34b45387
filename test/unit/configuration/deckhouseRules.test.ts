import { deckhouseRules } from "../../../configuration/rules/deckhouse";
import { certificate } from "../../support/certificate";
import { installed } from "./clusterSupport";
import { describeRules, type RuleCase } from "./ruleTable";

const bgp = "ingress.metallbBGP";
const twoUsers = { "role.principals": ["a@vsphere.local", "b@vsphere.local"] };
const nsxt = { host: "n", user: "u", defaultIpPoolName: "p", tier1GatewayPath: "g" };
const onOneLine = "-----BEGIN CERTIFICATE----- MIIB -----END CERTIFICATE-----";
const wholeFile =
  "give the whole text of the certificate authority's PEM file, with its line breaks, not its path";

const unclear = (principals: unknown[], wrong: string): RuleCase => [
  { "role.principals": principals },
  `clusterAccount.username: found nothing: ${wrong}: name the account, for example deckhouse@vsphere.local`,
];
const otherForm = (username: string): RuleCase => [
  { "clusterAccount.username": username },
  `clusterAccount.username: found ${JSON.stringify(username)}: Deckhouse accepts the user only in the form user@domain, ` +
    "and could not log in: write it with the domain's DNS name, for example deckhouse@vsphere.local",
];
const accepted = (version: string, port: number, prefix: number): RuleCase => [
  {
    "deckhouse.version": version,
    [`${bgp}.routerPort`]: port,
    [`${bgp}.aggregationLength`]: prefix,
  },
];

describeRules(
  "what Deckhouse accepts",
  deckhouseRules,
  {
    clusterAccountIsClear: {
      "two users, and none named": unclear(
        twoUsers["role.principals"],
        "the cluster configuration needs one account, and the role has 2 users",
      ),
      "groups only, and no user named": unclear(
        [{ name: "admins@vsphere.local", group: true }],
        "the cluster configuration needs one account, and the role has 0 users",
      ),
      "the only user in the other form": unclear(
        ["CORP\\deckhouse"],
        "the only user of the role, CORP\\deckhouse, is not in the form user@domain that Deckhouse needs",
      ),
      "an account without its domain": otherForm("deckhouse"),
      "an account in the other form": otherForm("CORP\\deckhouse"),
      "an account with nothing before its domain": otherForm("@vsphere.local"),
      "two users, and one named, are accepted": [
        { ...twoUsers, "clusterAccount.username": "a@vsphere.local" },
      ],
      "two users are accepted where there is no cluster": [
        {
          ...twoUsers,
          clusterConfiguration: undefined,
          "regions[0].clusterConfiguration": undefined,
        },
      ],
    },
    certificatesAreReadable: {
      "a registryCA without its last line": [
        { deckhouse: { registryCA: "-----BEGIN CERTIFICATE-----\nMIIB\n" } },
        'deckhouse.registryCA: found "-----BEGIN CERTIFICATE-----\\nMIIB\\n": certificate 1 in it lacks its end, the line ' +
          `END CERTIFICATE, so no image could be pulled from the registry: ${wholeFile}`,
      ],
      "a caBundle on one line": [
        { nsxt: { ...nsxt, caBundle: onOneLine } },
        `@.nsxt.caBundle: found "${onOneLine}": certificate 1 in it has lost its line breaks, so NSX-T's certificate could ` +
          `not be verified: ${wholeFile}`,
      ],
      "a whole certificate is accepted": [
        { "deckhouse.registryCA": certificate, nsxt: { ...nsxt, caBundle: certificate } },
      ],
      "none is accepted": [
        { "deckhouse.registryCA": "", nsxt: { ...nsxt, insecureFlag: true, caBundle: "" } },
      ],
    },
    metallbFitsTheVersion: {
      "a greater port than the module's settings take": [
        { "deckhouse.version": "1.76", [`${bgp}.routerPort`]: 16_385 },
        `@.${bgp}.routerPort: found 16385: Deckhouse 1.76 accepts ports up to 16384, and would refuse the document: write ` +
          "16384 or less, or set deckhouse.version to 1.77 or newer",
      ],
      "a prefix that is none": [
        { "deckhouse.version": "1.76.3", [`${bgp}.aggregationLength`]: 0 },
        `@.${bgp}.aggregationLength: found 0: Deckhouse 1.76.3 accepts prefixes from 1 on, and would refuse the document: ` +
          "write 1 or more, or set deckhouse.version to 1.77 or newer",
      ],
      "the last of both are accepted": accepted("1.76.3", 16_384, 1),
      "all are accepted from 1.77 on": accepted("1.77", 65_535, 0),
      "all are accepted of 1.100": accepted("1.100", 65_535, 0),
    },
  },
  { cluster: installed },
);
