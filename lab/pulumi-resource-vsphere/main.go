// Command pulumi-resource-vsphere is the lab's resource plugin for vSphere: the Terraform provider for vSphere, bridged
// to Pulumi at run time, so that tests drive the same kind of provider that users run.
//
// The official plugin is a newer release of the same two parts; the README of the lab lists where they differ.
// With the argument "schema" it prints its Pulumi schema, from which the TypeScript SDK is generated.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"

	terraformschema "github.com/hashicorp/terraform-plugin-sdk/helper/schema"
	"github.com/hashicorp/terraform-provider-vsphere/vsphere"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge/tokens"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfgen"
	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim/sdk-v1"
	"github.com/pulumi/pulumi/sdk/v3/go/common/diag"
	"github.com/pulumi/pulumi/sdk/v3/go/common/diag/colors"
)

const (
	packageName = "vsphere"
	// version is the release of the official plugin whose place this one takes.
	version = "4.18.2"
)

func main() {
	info := providerInfo()
	pulumiSchema, err := generateSchema(info)
	if err != nil {
		fmt.Fprintln(os.Stderr, "cannot generate the Pulumi schema:", err)
		os.Exit(1)
	}
	if len(os.Args) == 2 && os.Args[1] == "schema" {
		fmt.Println(string(pulumiSchema))
		return
	}
	tfbridge.Main(packageName, version, info, pulumiSchema)
}

// providerInfo maps the Terraform provider onto the names of the official Pulumi package, for example
// vsphere_tag_category onto vsphere:index/tagCategory:TagCategory.
func providerInfo() tfbridge.ProviderInfo {
	provider := vsphere.Provider().(*terraformschema.Provider)
	correct(provider)
	info := tfbridge.ProviderInfo{
		P:            shim.NewProvider(provider),
		Name:         packageName,
		Version:      version,
		MetadataInfo: tfbridge.NewProviderMetadata([]byte("{}")),
	}
	info.MustComputeTokens(tokens.SingleModule("vsphere_", "index", tokens.MakeStandard(packageName)))
	return info
}

// generateSchema takes about 35 ms, which is why nothing is kept on disk. Remarks about missing documentation go
// nowhere: the Go module holds none.
func generateSchema(info tfbridge.ProviderInfo) ([]byte, error) {
	sink := diag.DefaultSink(io.Discard, io.Discard, diag.FormatOptions{Color: colors.Never})
	spec, err := tfgen.GenerateSchema(info, sink)
	if err != nil {
		return nil, err
	}
	return json.Marshal(spec)
}
