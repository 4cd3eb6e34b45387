import { extraDocumentRules } from "../../../configuration/rules/cluster/extraDocuments";
import { elsewhere } from "./clusterSupport";
import { describeClusterRules, type RuleCase } from "./ruleTable";

const document = (kind: string, name: string, apiVersion = "deckhouse.io/v1"): object => ({
  apiVersion,
  kind,
  metadata: { name },
});
const network = "network.deckhouse.io/v1alpha1";
const elsewhereMade = (kind: string, remedy: string, apiVersion = "deckhouse.io/v1"): RuleCase => [
  { extraDocuments: [document(kind, "n", apiVersion)] },
  `@.extraDocuments[0].kind: found "${kind}": such a document is made of other keys, and would stand beside the program's ` +
    `own, or replace it: ${remedy}`,
];
const ours = (kind: string, name: string, key: string, others: object = {}): RuleCase => [
  {
    extraDocuments: [document(kind, name, kind.startsWith("Metal") ? network : undefined)],
    ...others,
  },
  `@.extraDocuments[0].metadata.name: found "${name}": this program writes the ${kind} of that name, and the one that is ` +
    `applied later would replace the other: describe it in @.${key}, or choose another name`,
];
const user = { firstUser: { email: "john.doe@b" }, publicDomainTemplate: "%s.example.com" };
const secret = { ...document("Secret", "n", "v1"), type: "Opaque" };
const inTheClear = (key: string): string =>
  `@.extraDocuments[0].${key}: found <hidden>: values of a Secret would stand in the state in the clear: remove the ` +
  "document, and apply it apart with `kubectl apply`; change the values if the file was shared";

describeClusterRules("documents that have no key", extraDocumentRules, {
  extraDocumentsAreResources: {
    "settings of a module": elsewhereMade(
      "ModuleConfig",
      "write it under extraSettings, by the name of the module",
      "deckhouse.io/v1alpha1",
    ),
    "the cluster's configuration": elsewhereMade(
      "ClusterConfiguration",
      "write the keys of clusterConfiguration, such as podSubnetCIDR",
    ),
    "where Deckhouse comes from": elsewhereMade(
      "InitConfiguration",
      "write the keys of deckhouse, such as imagesRepo",
    ),
    "the configuration in vSphere": elsewhereMade(
      "VsphereClusterConfiguration",
      "write the keys of clusterConfiguration, such as masterNodeGroup",
    ),
    "nodes that are elsewhere": elsewhereMade(
      "StaticClusterConfiguration",
      "remove it; the nodes of this cluster are in vSphere",
    ),
    "a list of documents": elsewhereMade("List", "write each of its items as an entry here", "v1"),
    "a kind of that name in another group is accepted": [
      { extraDocuments: [document("ModuleConfig", "n", "example.com/v1")] },
    ],
    "a kind that objects of JavaScript have is accepted": [
      { extraDocuments: [document("constructor", "n")] },
    ],
  },
  extraDocumentsAreNotOurs: {
    "the masters": ours("NodeGroup", "master", "masterNodeGroup"),
    "a permanent group": ours("NodeGroup", "frontend", "nodeGroups"),
    "an ordered group": ours("NodeGroup", "worker", "ephemeralNodeGroups"),
    "the class of an ordered group": ours("VsphereInstanceClass", "worker", "ephemeralNodeGroups"),
    "the first user": ours("User", "john-doe", "firstUser", user),
    "what the first user may do": ours("ClusterAuthorizationRule", "john-doe", "firstUser", user),
    "the ingress controller": ours("IngressNginxController", "main", "ingress", {
      ingress: { externalLoadBalancer: {} },
    }),
    "addresses of MetalLB": ours("MetalLoadBalancerPool", "ingress-k8s-region-x1", "ingress"),
    "a router of MetalLB": ours("MetalLoadBalancerBGPPeer", "router-k8s-region-x1-1", "ingress"),
    "what MetalLB announces": ours(
      "MetalLoadBalancerConfiguration",
      "frontend-k8s-region-x1",
      "ingress",
    ),
    "a class of MetalLB": ours("MetalLoadBalancerClass", "frontend-k8s-region-x1", "ingress", {
      "ingress.metallbBGP": undefined,
      "ingress.metallbL2": { addresses: ["10.200.0.5-10.200.0.6"] },
    }),
    "the Secret of the routers": [
      { extraDocuments: [document("Secret", "metallb-bgp-k8s-region-x1", "v1")] },
      '@.extraDocuments[0].metadata.name: found "metallb-bgp-k8s-region-x1": this program writes the Secret of that name, ' +
        "and the one that is applied later would replace the other: describe it in @.ingress, or choose another name",
    ],
    "the same in an older version of the API": [
      { extraDocuments: [document("NodeGroup", "worker", "deckhouse.io/v1alpha1")] },
      '@.extraDocuments[0].metadata.name: found "worker": this program writes the NodeGroup of that name, and the one ' +
        "that is applied later would replace the other: describe it in @.ephemeralNodeGroups, or choose another name",
    ],
    "other names are accepted": [
      {
        extraDocuments: [
          document("NodeGroup", "static-workers"),
          document("VsphereInstanceClass", "frontend"),
          document("User", "john-doe"),
          document("IngressNginxController", "internal"),
          document("MetalLoadBalancerPool", "other", network),
        ],
      },
    ],
    "other groups of the API are accepted": [
      { extraDocuments: [document("NodeGroup", "worker", "example.com/v1")] },
    ],
    "names of MetalLB are accepted where it is not used": [
      {
        "@": elsewhere,
        extraDocuments: [
          document("MetalLoadBalancerPool", "ingress-k8s-region-x1", network),
          document("IngressNginxController", "main"),
        ],
      },
    ],
  },
  extraDocumentsDiffer: {
    "two of one name": [
      {
        extraDocuments: [document("User", "n"), document("User", "n", "deckhouse.io/v1alpha1")],
      },
      '@.extraDocuments[1].metadata.name: found "n": @.extraDocuments[0] is the same User, and the later of the two would ' +
        "replace it: write it once, or choose another name",
    ],
    "two of one name in two namespaces are accepted": [
      {
        extraDocuments: [
          { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "n", namespace: "a" } },
          { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "n", namespace: "b" } },
          { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "n" } },
        ],
      },
    ],
    "two kinds of one name are accepted": [
      { extraDocuments: [document("User", "n"), document("Group", "n")] },
    ],
  },
  extraSecretsAreEmpty: {
    "values in base64": [
      { extraDocuments: [{ ...secret, data: { password: "aHVudGVyMg==" } }] },
      inTheClear("data"),
    ],
    "values as text, of which nothing is shown": [
      { extraDocuments: [{ ...secret, stringData: "hunter2" }] },
      inTheClear("stringData"),
    ],
    "a Secret that others fill is accepted": [{ extraDocuments: [secret] }],
    "values of other kinds are accepted": [
      { extraDocuments: [{ ...document("ConfigMap", "n", "v1"), data: { a: "b" } }] },
    ],
  },
});
