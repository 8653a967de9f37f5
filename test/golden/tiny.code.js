"use strict";
const { panels, sphere } = runtime;
/**
 * The weak mixing angle, with the radius of the neutrons as a nuisance.
 */
function createAngle() {
  // Parameters, in internal units (powers of MeV, hbar = c = 1).
  let p_Medium_Rn = 0.02128446901425346; // Medium.Rn in fm
  let p_Weak_s2w = 0.2386; // s2w
  let p_Run_flux = 0; // Run.flux
  let p_Run_Flat = 0; // Run.Flat

  // Quadrature nodes, weights and bin edges.
  const rule1 = panels([[0.002, 0.005], [0.005, 0.01], [0.01, 0.015], [0.015, 0.025]], 4);
  const rule2 = panels([[0.002, 0.005], [0.005, 0.01], [0.01, 0.015], [0.015, 0.025]], 20);
  const rule3 = panels([[0, 0.1616310110044382]], 72);
  const energy43_1vegdp2_weights = rule1.weights;
  const energy43_esmgpu_nodes = rule2.nodes;
  const energy43_esmgpu_weights = rule2.weights;
  const u_Medium68_fkfp9i_nodes = rule3.nodes;
  const u_Medium68_fkfp9i_weights = rule3.weights;

  // What the stages fill.
  const shape_Flat = new Float64Array(4); // shape_Flat 4
  const counts_Flat = new Float64Array(4); // counts_Flat 4
  const array = new Float64Array(72); // array 72
  const array_2 = new Float64Array(4 * 20); // array 4 x 20
  const array_3 = new Float64Array(72); // array 72
  const response_energy_Bolometer = new Float64Array(4 * 72); // response_energy_Bolometer 4 x 72
  const events_nu_mu_Medium = new Float64Array(4); // events_nu_mu_Medium 4
  const array_4 = new Float64Array(4); // array 4
  const array_5 = new Float64Array(72); // array 72
  const array_6 = new Float64Array(72); // array 72
  const events_nu_mu_Medium_2 = new Float64Array(4); // events_nu_mu_Medium 4
  const array_7 = new Float64Array(72); // array 72
  const array_8 = new Float64Array(72); // array 72
  const events_nu_mu_Medium_3 = new Float64Array(4); // events_nu_mu_Medium 4
  const events_nu_mu_Medium_4 = new Float64Array(4); // events_nu_mu_Medium 4
  const counts_CEvNS = new Float64Array(4); // counts_CEvNS 4
  const total_Run = new Float64Array(4); // total_Run 4
  const array_9 = new Float64Array(4); // array 4
  const array_10 = new Float64Array(4); // array 4
  const array_11 = new Float64Array(4); // array 4
  const derivative = new Float64Array(4); // derivative 4
  const derivative_2 = new Float64Array(4); // derivative 4
  const derivative_3 = new Float64Array(4); // derivative 4
  let scalar = 0;
  let scalar_2 = 0;
  let scalar_3 = 0;
  let scalar_4 = 0;
  let scalar_5 = 0;
  let scalar_6 = 0;
  let scalar_7 = 0;
  let scalar_8 = 0;
  let scalar_9 = 0;

  // Once: free of parameters.
  function load() {
    for (let i = 0; i < 4; i++) {
      let t1 = 0;
      for (let j = 0; j < 4; j++) {
        t1 += 43.47826086956522 * energy43_1vegdp2_weights[i * 4 + j];
      }
      shape_Flat[i] = t1;
    }
    let t2 = 0;
    for (let i = 0; i < 4; i++) {
      t2 += shape_Flat[i];
    }
    scalar = 12 / t2;
    for (let i = 0; i < 72; i++) {
      const t3 = u_Medium68_fkfp9i_nodes[i];
      const t4 = t3 * t3;
      const t5 = 1 + -38.244555994767474 * t4;
      const t6 = u_Medium68_fkfp9i_nodes[i] <= 0.1616310110044382 ? 1 : 0;
      const t7 = sphere(8.880641719163794 * u_Medium68_fkfp9i_nodes[i]);
      const t8 = Math.exp(-1.412261514711058 * t4);
      const t9 = t8 * t8;
      const t10 = 6.020913114174528e-15 * u_Medium68_fkfp9i_nodes[i] * t5 * t6 * (t7 * t7) * t9 * u_Medium68_fkfp9i_weights[i];
      array[i] = t10;
      const t11 = -t4;
      array_3[i] = t11;
      const t12 = 2.4709850939764116e-15 * u_Medium68_fkfp9i_nodes[i] * t5 * t6 * t9 * u_Medium68_fkfp9i_weights[i];
      array_5[i] = t12;
      const t13 = -7.714294927536114e-15 * u_Medium68_fkfp9i_nodes[i] * t5 * t6 * t7 * t9 * u_Medium68_fkfp9i_weights[i];
      array_7[i] = t13;
    }
    for (let i = 0; i < 4; i++) {
      for (let j = 0; j < 20; j++) {
        const t14 = 498.67785050179094 * (energy43_esmgpu_nodes[i * 20 + j] < 0.002 ? 0 : 1 - Math.exp(-333.3333333333333 * energy43_esmgpu_nodes[i * 20 + j])) * energy43_esmgpu_weights[i * 20 + j];
        array_2[i * 20 + j] = t14;
      }
    }
    for (let i = 0; i < 4; i++) {
      for (let j = 0; j < 72; j++) {
        let t16 = 0;
        for (let k = 0; k < 20; k++) {
          const t15 = array_3[j] + energy43_esmgpu_nodes[i * 20 + k];
          t16 += array_2[i * 20 + k] * Math.exp(-781250 * (t15 * t15));
        }
        response_energy_Bolometer[i * 72 + j] = t16;
      }
    }
    for (let i = 0; i < 4; i++) {
      let t17 = 0;
      for (let j = 0; j < 72; j++) {
        t17 += array[j] * response_energy_Bolometer[i * 72 + j];
      }
      events_nu_mu_Medium[i] = t17;
    }
  }

  // Reads Medium.Rn.
  function stage1() {
    const t1 = p_Medium_Rn;
    scalar_5 = 368.4822060833277 * Math.sqrt(1.6666666666666665 * (-0.00006240700394339452 + t1 * t1));
    for (let i = 0; i < 72; i++) {
      const t2 = sphere(scalar_5 * u_Medium68_fkfp9i_nodes[i]);
      const t3 = array_5[i] * (t2 * t2);
      array_6[i] = t3;
      const t4 = array_7[i] * t2;
      array_8[i] = t4;
    }
    for (let i = 0; i < 4; i++) {
      let t5 = 0;
      let t6 = 0;
      for (let j = 0; j < 72; j++) {
        t5 += array_6[j] * response_energy_Bolometer[i * 72 + j];
        t6 += array_8[j] * response_energy_Bolometer[i * 72 + j];
      }
      events_nu_mu_Medium_2[i] = t5;
      events_nu_mu_Medium_3[i] = t6;
    }
  }

  // Reads Run.Flat.
  function stage2() {
    scalar_2 = scalar * (1 + p_Run_Flat);
    for (let i = 0; i < 4; i++) {
      const t1 = scalar_2 * shape_Flat[i];
      counts_Flat[i] = t1;
    }
  }

  // Reads Run.flux.
  function stage3() {
    scalar_3 = 3216594496094790700 * (1 + p_Run_flux);
  }

  // Reads Weak.s2w.
  function stage4() {
    const t1 = 0.5 + -2 * p_Weak_s2w;
    scalar_4 = t1 * t1;
    scalar_6 = t1;
    for (let i = 0; i < 4; i++) {
      const t2 = scalar_4 * events_nu_mu_Medium[i];
      array_4[i] = t2;
    }
  }

  // Reads Medium.Rn, Weak.s2w.
  function stage5() {
    for (let i = 0; i < 4; i++) {
      const t1 = array_4[i] + events_nu_mu_Medium_2[i] + scalar_6 * events_nu_mu_Medium_3[i];
      events_nu_mu_Medium_4[i] = t1;
    }
  }

  // Reads Run.flux, Weak.s2w.
  function stage6() {
    // scalar_7: tiny.sevens:55: value = Weak.s2w + Run.flux
    scalar_7 = p_Weak_s2w + p_Run_flux;
  }

  // Reads Medium.Rn, Run.flux, Weak.s2w.
  function stage7() {
    for (let i = 0; i < 4; i++) {
      const t1 = scalar_3 * events_nu_mu_Medium_4[i];
      counts_CEvNS[i] = t1;
    }
  }

  // Reads Medium.Rn, Run.Flat, Run.flux, Weak.s2w.
  function stage8() {
    for (let i = 0; i < 4; i++) {
      const t1 = counts_Flat[i] + counts_CEvNS[i];
      total_Run[i] = t1;
    }
  }

  // Once: free of parameters.
  function stage9() {
    scalar_9 = 1;
    for (let i = 0; i < 4; i++) {
      const t1 = scalar * shape_Flat[i];
      derivative_3[i] = t1;
    }
  }

  // Reads Medium.Rn.
  function stage10() {
    for (let i = 0; i < 4; i++) {
      const t1 = -2 * events_nu_mu_Medium_3[i];
      array_10[i] = t1;
    }
  }

  // Reads Weak.s2w.
  function stage11() {
    scalar_8 = -4 * (0.5 + -2 * p_Weak_s2w);
    for (let i = 0; i < 4; i++) {
      const t1 = scalar_8 * events_nu_mu_Medium[i];
      array_9[i] = t1;
    }
  }

  // Reads Medium.Rn, Weak.s2w.
  function stage12() {
    for (let i = 0; i < 4; i++) {
      const t1 = array_9[i] + array_10[i];
      array_11[i] = t1;
      const t2 = 3216594496094790700 * (array_4[i] + events_nu_mu_Medium_2[i] + scalar_6 * events_nu_mu_Medium_3[i]);
      derivative_2[i] = t2;
    }
  }

  // Reads Medium.Rn, Run.flux, Weak.s2w.
  function stage13() {
    for (let i = 0; i < 4; i++) {
      const t1 = scalar_3 * array_11[i];
      derivative[i] = t1;
    }
  }

  const changed = new Uint8Array(4);
  const last = new Float64Array(4).fill(Number.NaN);

  // Totals and constraints.
  function update(x) {
    let any = false;
    for (let i = 0; i < 4; i++) {
      const moved = x[i] !== last[i];
      changed[i] = moved ? 1 : 0;
      any = any || moved;
      last[i] = x[i];
    }
    if (!any) return;
    p_Medium_Rn = x[0] * 0.005067730717679395;
    p_Weak_s2w = x[1];
    p_Run_flux = x[2];
    p_Run_Flat = x[3];
    if (changed[0] === 1) stage1();
    if (changed[3] === 1) stage2();
    if (changed[2] === 1) stage3();
    if (changed[1] === 1) stage4();
    if (changed[0] === 1 || changed[1] === 1) stage5();
    if (changed[2] === 1 || changed[1] === 1) stage6();
    if (changed[0] === 1 || changed[2] === 1 || changed[1] === 1) stage7();
    if (changed[0] === 1 || changed[3] === 1 || changed[2] === 1 || changed[1] === 1) stage8();
  }

  const lastDetails = new Float64Array(4).fill(Number.NaN);

  // Components and channels.
  function updateDetails(x) {
    update(x);
    let any = false;
    for (let i = 0; i < 4; i++) {
      const moved = x[i] !== lastDetails[i];
      changed[i] = moved ? 1 : 0;
      any = any || moved;
      lastDetails[i] = x[i];
    }
    if (!any) return;
  }

  const lastSlopes = new Float64Array(4).fill(Number.NaN);

  // Derivatives.
  function updateSlopes(x) {
    update(x);
    let any = false;
    for (let i = 0; i < 4; i++) {
      const moved = x[i] !== lastSlopes[i];
      changed[i] = moved ? 1 : 0;
      any = any || moved;
      lastSlopes[i] = x[i];
    }
    if (!any) return;
    if (any) stage9();
    if (changed[0] === 1) stage10();
    if (changed[1] === 1) stage11();
    if (changed[0] === 1 || changed[1] === 1) stage12();
    if (changed[0] === 1 || changed[2] === 1 || changed[1] === 1) stage13();
    constraintSlopes[0][0] = scalar_9;
    constraintSlopes[0][1] = scalar_9;
  }

  const constraintSlopes = [new Float64Array(3)];
  const slopes = {
    parameters: [1, 2, 3],
    experiments: {
      Run: [derivative, derivative_2, derivative_3],
    },
    constraints: constraintSlopes,
  };

  load();

  const totals = {
    Run: total_Run,
  };
  const counts = {
    Run: {
      total: total_Run,
      components: { "CEvNS": counts_CEvNS, "Flat": counts_Flat },
      channels: { "CEvNS/nu_mu": counts_CEvNS },
    },
  };

  return {
    name: "Angle",
    parameters: [
      { name: "Medium.Rn", unit: "fm", value: 4.2, range: [3, 6], role: "fixed", log: false, doc: "rms radius of the neutrons" },
      { name: "s2w", unit: "", value: 0.2386, range: [0, 0.5], role: "free", constraint: { mean: 0.2386, sigma: 0.0002 }, log: false, doc: "" },
      { name: "Run.flux", unit: "", value: 0, range: [-1, Infinity], role: "nuisance", constraint: { mean: 0, sigma: 0.05 }, log: false, doc: "relative shift of signal" },
      { name: "Run.Flat", unit: "", value: 0, range: [-1, Infinity], role: "nuisance", constraint: { mean: 0, sigma: 0.25 }, log: false, doc: "relative shift of Flat" },
    ],
    experiments: [
      {
        name: "Run",
        axes: [{"name":"energy","unit":"keVnr","edges":[2,5,10,15,25]}],
        components: [{"name":"CEvNS","kind":"signal","channels":["nu_mu"]},{"name":"Flat","kind":"background","channels":[]}],
        bins: 4,
        data: Float64Array.of(62, 71, 29, 9),
        likelihood: "poisson",
        errors: undefined,
      },
    ],
    constraints: [{"name":"sum","mean":0.24,"sigma":0.1}],
    intervals: [0.6827],
    precision: 0.000001,
    counts(x) {
      updateDetails(x);
      return counts;
    },
    totals(x) {
      update(x);
      return totals;
    },
    constrained(x) {
      update(x);
      return Float64Array.of(scalar_7);
    },
    jacobian(x) {
      updateSlopes(x);
      return slopes;
    },
  };
}

return { createAngle };
