import { deckhouseRules } from "../../../configuration/rules/deckhouse";
import { certificate } from "../../support/certificate";
import { installed } from "./clusterSupport";
import { describeRules, type RuleCase } from "./ruleTable";

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
const otherAddress =
  "Deckhouse accepts a host with a path, without a scheme and without a tag, and would refuse the document";
const imagesRepo = (written: string, right: string): RuleCase => [
  { deckhouse: { imagesRepo: written } },
  `deckhouse.imagesRepo: found ${JSON.stringify(written)}: ${otherAddress}: write ${right}`,
];
const window = { from: "9:59", to: "10:00" };

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
        { "deckhouse.version": "1.78", nsxt: { ...nsxt, caBundle: onOneLine } },
        `@.nsxt.caBundle: found "${onOneLine}": certificate 1 in it has lost its line breaks, so NSX-T's certificate could ` +
          `not be verified: ${wholeFile}`,
      ],
      "a whole certificate is accepted": [
        {
          "deckhouse.registryCA": certificate,
          "deckhouse.version": "1.78",
          nsxt: { ...nsxt, caBundle: certificate },
        },
      ],
      "none is accepted": [
        { "deckhouse.registryCA": "", nsxt: { ...nsxt, insecureFlag: true, caBundle: "" } },
      ],
    },
    imagesRepoIsAnAddress: {
      "an imagesRepo with its scheme": imagesRepo(
        "https://registry.example.com/deckhouse/ee",
        "registry.example.com/deckhouse/ee",
      ),
      "an imagesRepo with a tag": imagesRepo(
        "r.example.com:5000/d8:v1.77.3",
        "r.example.com:5000/d8",
      ),
      "an imagesRepo with a digest": imagesRepo("r.example.com/d8@sha256:0a1b", "r.example.com/d8"),
      "an imagesRepo that ends with a slash": imagesRepo("r.example.com/d8/", "r.example.com/d8"),
      "an imagesRepo with a password in it": [
        { deckhouse: { imagesRepo: "https://me:pass@r.example.com/d8" } },
        `deckhouse.imagesRepo: found "https://<hidden>@r.example.com/d8": ${otherAddress}: write r.example.com/d8`,
      ],
      "an imagesRepo that is none": [
        { deckhouse: { imagesRepo: "the registry" } },
        `deckhouse.imagesRepo: found "the registry": ${otherAddress}: write it like registry.example.com/deckhouse/ee or ` +
          "registry.example.com:5000/deckhouse/ee",
      ],
      "a host with a port and a path is accepted": [
        { deckhouse: { imagesRepo: "registry.example.com:5000/deckhouse_1/e.e-1" } },
      ],
    },
    updateWindowsAreWindows: {
      "a window over midnight": [
        { deckhouse: { update: { windows: [window, { ...window, from: "22:00", to: "9:30" }] } } },
        'deckhouse.update.windows[1].to: found "9:30": the window begins at 22:00, so it would never be open: write a later ' +
          "time; for a window over midnight, write two: one until 23:59, one from 00:00",
      ],
      "a window of no time": [
        { deckhouse: { update: { windows: [{ from: "9:30", to: "09:30" }] } } },
        'deckhouse.update.windows[0].to: found "09:30": the window begins at 9:30, so it would never be open: write a later ' +
          "time; for a window over midnight, write two: one until 23:59, one from 00:00",
      ],
      "a window of a minute is accepted": [
        { deckhouse: { update: { mode: "Auto", windows: [window] } } },
      ],
    },
  },
  { cluster: installed },
);
