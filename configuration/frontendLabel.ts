/**
 * The label of the nodes that traffic arrives at: by it the ingress controller and MetalLB find them.
 *
 * Source: deckhouse/deckhouse `ee/se/modules/380-metallb/docs/EXAMPLES.md`.
 */
export const frontendLabel = "node-role.deckhouse.io/frontend";
