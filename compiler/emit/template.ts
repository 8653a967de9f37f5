/**
 * The outer shape of a generated module. Everything that goes into it is an identifier, a number or a JSON string
 * that passed a printer; `{{#if typescript}}` marks the only differences between TypeScript and JavaScript.
 */
export const moduleTemplate = `{{#each header}}// {{this}}
{{/each}}
{{#if inMemory}}
"use strict";
const { {{imports}} } = runtime;
{{else}}
{{#unless typescript}}
import { {{imports}} } from "sevens/runtime";

{{/unless}}
{{/if}}
{{#each analyses}}
/**
{{#each doc}}
 * {{this}}
{{/each}}
 */
{{#unless ../inMemory}}export {{/unless}}function create{{name}}() {
  // Parameters, in internal units (powers of MeV, hbar = c = 1).
{{#each parameters}}
  let {{variable}} = {{value}}; // {{comment}}
{{/each}}

{{#if tables}}
  // Tables, in internal units.
{{#each tables}}
  const {{variable}} = interpolant({ kind: "{{kind}}", outside: "{{outside}}", x: {{x}}, y: {{y}} });
{{/each}}

{{/if}}
  // Quadrature nodes, weights and bin edges.
{{#each rules}}
  const {{variable}} = {{call}};
{{/each}}
{{#each data}}
  const {{variable}} = {{value}};
{{/each}}

  // What the stages fill.
{{#each arrays}}
  const {{name}} = new Float64Array({{size}}); // {{doc}}
{{/each}}
{{#each scalars}}
  let {{this}} = 0;
{{/each}}
{{#each stages}}

  // {{doc}}
  function {{name}}() {
{{body}}  }
{{/each}}

  const changed = new Uint8Array({{parameterCount}});
{{#each updates}}
  const {{last}} = new Float64Array({{../parameterCount}}).fill(Number.NaN);

  // {{doc}}
  function {{name}}(x{{#if ../../typescript}}: Float64Array{{/if}}) {
{{#if before}}
    {{before}}(x);
{{/if}}
    let any = false;
    for (let i = 0; i < {{../parameterCount}}; i++) {
      const moved = x[i]{{#if ../../typescript}}!{{/if}} !== {{last}}[i]{{#if ../../typescript}}!{{/if}};
      changed[i] = moved ? 1 : 0;
      any = any || moved;
      {{last}}[i] = x[i]{{#if ../../typescript}}!{{/if}};
    }
    if (!any) return;
{{#if first}}
{{#each ../parameters}}
    {{variable}} = x[{{index}}]{{#if ../../../typescript}}!{{/if}}{{scale}};
{{/each}}
{{/if}}
{{#each stages}}
    if ({{test}}) {{stage}}();
{{/each}}
{{#each assigns}}
    {{this}}
{{/each}}
  }

{{/each}}
{{#if gradient}}
  const constraintSlopes{{#if ../typescript}}: Float64Array[]{{/if}} = [{{constraintRows}}];
  const slopes = {
    parameters: [{{gradientIndices}}],
    experiments: {
{{#each slopes}}
      {{name}}: [{{arrays}}],
{{/each}}
    },
    constraints: constraintSlopes,
  };

{{/if}}
{{#if load}}
  load();

{{/if}}
  const totals = {
{{#each counts}}
    {{name}}: {{total}},
{{/each}}
  };
  const counts = {
{{#each counts}}
    {{name}}: {
      total: {{total}},
      components: { {{components}} },
      channels: { {{channels}} },
    },
{{/each}}
  };

  return {
    name: {{quoted}},
    parameters: [
{{#each parameters}}
      {{info}},
{{/each}}
    ],
    experiments: [
{{#each experiments}}
      {
        name: {{name}},
        axes: {{axes}},
        components: {{components}},
        bins: {{bins}},
        data: {{data}},
        likelihood: "{{likelihood}}",
        errors: {{errors}},
      },
{{/each}}
    ],
    constraints: {{constraints}},
    intervals: {{intervals}},
    precision: {{precision}},
    counts(x{{#if ../typescript}}: Float64Array{{/if}}) {
      updateDetails(x);
      return counts;
    },
    totals(x{{#if ../typescript}}: Float64Array{{/if}}) {
      update(x);
      return totals;
    },
    constrained(x{{#if ../typescript}}: Float64Array{{/if}}) {
      update(x);
      return Float64Array.of({{constrainedValues}});
    },
{{#if gradient}}
    jacobian(x{{#if ../typescript}}: Float64Array{{/if}}) {
      updateSlopes(x);
      return slopes;
    },
{{/if}}
  };
}

{{/each}}
{{#if inMemory}}
return { {{creators}} };
{{else}}
/** Every analysis of the spec, by name. */
export const analyses = { {{creators}} };
{{/if}}
`;
