package main

import (
	"fmt"

	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// The resources and functions of the vSphere provider that the program uses.
var (
	usedResources = []string{
		"vsphere:index/role:Role",
		"vsphere:index/tag:Tag",
		"vsphere:index/tagCategory:TagCategory",
	}
	usedFunctions = []string{
		"vsphere:index/getTagCategory:getTagCategory",
	}
	// usedProviderProperties is how a program says which vCenter it talks to.
	usedProviderProperties = []string{"allowUnverifiedSsl", "password", "user", "vsphereServer"}
)

// nodeOptions are those of the official package, without which names and output types would differ.
const nodeOptions = `{
	"packageName": "@pulumi/vsphere",
	"compatibility": "tfbridge20",
	"disableUnionOutputTypes": true,
	"respectSchemaVersion": true
}`

// cut reduces the schema to what is used, takes out all descriptions, and gives it the official package's shape.
func cut(spec *schema.PackageSpec) error {
	resources := map[string]schema.ResourceSpec{}
	for _, token := range usedResources {
		resource, found := spec.Resources[token]
		if !found {
			return fmt.Errorf("the schema has no resource %s", token)
		}
		resource.Description = ""
		resource.Properties = withoutDescriptions(resource.Properties)
		resource.InputProperties = withoutDescriptions(resource.InputProperties)
		if resource.StateInputs != nil {
			resource.StateInputs.Description = ""
			resource.StateInputs.Properties = withoutDescriptions(resource.StateInputs.Properties)
		}
		resources[token] = resource
	}
	functions := map[string]schema.FunctionSpec{}
	for _, token := range usedFunctions {
		function, found := spec.Functions[token]
		if !found {
			return fmt.Errorf("the schema has no function %s", token)
		}
		function.Description = ""
		for _, object := range []*schema.ObjectTypeSpec{function.Inputs, function.Outputs} {
			if object != nil {
				object.Description = ""
				object.Properties = withoutDescriptions(object.Properties)
			}
		}
		if function.ReturnType != nil && function.ReturnType.ObjectTypeSpec != nil {
			function.ReturnType.ObjectTypeSpec.Description = ""
			function.ReturnType.ObjectTypeSpec.Properties = withoutDescriptions(function.ReturnType.ObjectTypeSpec.Properties)
		}
		functions[token] = function
	}
	spec.Description, spec.Attribution = "", ""
	spec.Resources, spec.Functions, spec.Types = resources, functions, nil
	spec.Provider.Description, spec.Provider.Methods = "", nil
	spec.Provider.Properties = withoutDescriptions(only(usedProviderProperties, spec.Provider.Properties))
	spec.Provider.InputProperties = withoutDescriptions(only(usedProviderProperties, spec.Provider.InputProperties))
	spec.Config.Variables = withoutDescriptions(only(usedProviderProperties, spec.Config.Variables))
	spec.Meta = &schema.MetadataSpec{ModuleFormat: "(.*)(?:/[^/]*)"}
	spec.Language = map[string]schema.RawMessage{"nodejs": schema.RawMessage(nodeOptions)}
	return nil
}

func withoutDescriptions(properties map[string]schema.PropertySpec) map[string]schema.PropertySpec {
	for name, property := range properties {
		property.Description = ""
		properties[name] = property
	}
	return properties
}

func only(names []string, properties map[string]schema.PropertySpec) map[string]schema.PropertySpec {
	kept := map[string]schema.PropertySpec{}
	for _, name := range names {
		if property, found := properties[name]; found {
			kept[name] = property
		}
	}
	return kept
}
