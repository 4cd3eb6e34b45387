package main

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-sdk/helper/schema"
)

// correct makes the Terraform provider behave as the newer release inside the official plugin where the two differ in
// a way that users of this project meet.
func correct(provider *schema.Provider) {
	for _, name := range []string{"vsphere_tag", "vsphere_tag_category"} {
		resource := provider.ResourcesMap[name]
		resource.Read = goneWhenNotFound(resource.Read)
	}
	// A role is imported by its number (since 2.0.0); the newer release also refuses vCenter's own roles.
	provider.ResourcesMap["vsphere_role"].Importer = &schema.ResourceImporter{
		State: schema.ImportStatePassthrough,
	}
}

// goneWhenNotFound takes a tag or category that somebody deleted out of the state instead of failing
// (vmware/terraform-provider-vsphere#1579, released with 2.1.0).
func goneWhenNotFound(read schema.ReadFunc) schema.ReadFunc {
	return func(data *schema.ResourceData, meta interface{}) error {
		err := read(data, meta)
		if err != nil && strings.Contains(err.Error(), "404 Not Found") {
			data.SetId("")
			return nil
		}
		return err
	}
}
