"use strict";
const { panels, poissonDeviance, sphere } = runtime;
/**
 * The weak mixing angle, with the radius of the neutrons as a nuisance.
 */
function createAngle() {
  // The memory that stages in WebAssembly share with those in JavaScript.
  const memory = new WebAssembly.Memory({ initial: 1 });
  const numbers = new Float64Array(memory.buffer);
  const view = (start, size) => new Float64Array(memory.buffer, 8 * start, size);

  // Parameters, in internal units (powers of MeV, hbar = c = 1).
  let p_Medium_Rn = 0.02128446901425346; // Medium.Rn in fm
  numbers[2] = 0.2386; // s2w
  numbers[1] = 0; // Run.flux
  numbers[0] = 0; // Run.Flat

  // Quadrature nodes, weights and bin edges.
  const rule1 = panels([[0.002, 0.005], [0.005, 0.01], [0.01, 0.015], [0.015, 0.025]], 12);
  const rule2 = panels([[0, 0.0808155055022191, 0.1616310110044382]], [24, 48]);
  const energy43_pjcwse_nodes = rule1.nodes;
  const energy43_pjcwse_weights = rule1.weights;
  const observed_Run = view(38, 4);
  const u_Medium69_xrxfvp_nodes = rule2.nodes;
  const u_Medium69_xrxfvp_weights = rule2.weights;

  // What the stages fill.
  const shape_Flat = view(18, 4); // shape_Flat 4
  const array = new Float64Array(72); // array 72
  const array_2 = new Float64Array(72); // array 72
  const array_3 = new Float64Array(4 * 12); // array 4 x 12
  const array_4 = new Float64Array(72); // array 72
  const response_energy_Bolometer = new Float64Array(4 * 72); // response_energy_Bolometer 4 x 72
  const events_nu_mu_Medium = view(22, 4); // events_nu_mu_Medium 4
  const array_5 = new Float64Array(72); // array 72
  const events_nu_mu_Medium_2 = view(26, 4); // events_nu_mu_Medium 4
  const array_6 = new Float64Array(72); // array 72
  const array_7 = new Float64Array(72); // array 72
  const events_nu_mu_Medium_3 = view(30, 4); // events_nu_mu_Medium 4
  const total_Run = view(34, 4); // total_Run 4
  const array_8 = view(42, 4); // array 4
  const counts_CEvNS = new Float64Array(4); // counts_CEvNS 4
  const counts_Flat = new Float64Array(4); // counts_Flat 4
  const array_9 = new Float64Array(4); // array 4
  const derivative = new Float64Array(4); // derivative 4
  const derivative_2 = new Float64Array(4); // derivative 4
  const derivative_3 = new Float64Array(4); // derivative 4
  let norm_Flat = 0;
  let scalar_4 = 0;
  let scalar_14 = 0;
  let scalar_15 = 0;

  // Once: free of parameters.
  function stage0() {
    for (let i = 0; i < 4; i++) {
      let t1 = 0;
      for (let j = 0; j < 12; j++) {
        t1 += 43.47826086956522 * energy43_pjcwse_weights[i * 12 + j];
      }
      shape_Flat[i] = t1;
    }
    let t2 = 0;
    for (let i = 0; i < 4; i++) {
      t2 += shape_Flat[i];
    }
    norm_Flat = t2;
    numbers[3] = 12 / t2;
    for (let i = 0; i < 72; i++) {
      const t3 = u_Medium69_xrxfvp_nodes[i];
      const t4 = t3 * t3;
      const t5 = 1 + -38.244555994767474 * t4;
      const t6 = u_Medium69_xrxfvp_nodes[i] <= 0.1616310110044382 ? 1 : 0;
      const t7 = Math.exp(-1.412261514711058 * t4);
      const t8 = t7 * t7;
      const t9 = 2.4709850939764116e-15 * u_Medium69_xrxfvp_nodes[i] * t5 * t6 * t8 * u_Medium69_xrxfvp_weights[i];
      array[i] = t9;
      const t10 = -t4;
      array_4[i] = t10;
      const t11 = sphere(8.880641719163794 * u_Medium69_xrxfvp_nodes[i]);
      const t12 = 6.020913114174528e-15 * u_Medium69_xrxfvp_nodes[i] * t5 * t6 * t8 * u_Medium69_xrxfvp_weights[i] * (t11 * t11);
      array_5[i] = t12;
      const t13 = -7.714294927536114e-15 * u_Medium69_xrxfvp_nodes[i] * t5 * t6 * t8 * t11 * u_Medium69_xrxfvp_weights[i];
      array_6[i] = t13;
    }
    for (let i = 0; i < 4; i++) {
      for (let j = 0; j < 12; j++) {
        const t14 = 498.67785050179094 * (energy43_pjcwse_nodes[i * 12 + j] < 0.002 ? 0 : 1 - Math.exp(-333.3333333333333 * energy43_pjcwse_nodes[i * 12 + j])) * energy43_pjcwse_weights[i * 12 + j];
        array_3[i * 12 + j] = t14;
      }
    }
    for (let i = 0; i < 4; i++) {
      for (let j = 0; j < 72; j++) {
        let t16 = 0;
        for (let k = 0; k < 12; k++) {
          const t15 = array_4[j] + energy43_pjcwse_nodes[i * 12 + k];
          t16 += array_3[i * 12 + k] * Math.exp(-781250 * (t15 * t15));
        }
        response_energy_Bolometer[i * 72 + j] = t16;
      }
    }
    for (let i = 0; i < 4; i++) {
      let t17 = 0;
      for (let j = 0; j < 72; j++) {
        t17 += array_5[j] * response_energy_Bolometer[i * 72 + j];
      }
      events_nu_mu_Medium_2[i] = t17;
    }
  }

  // Reads Medium.Rn.
  function stage1() {
    const t1 = p_Medium_Rn;
    scalar_4 = 368.4822060833277 * Math.sqrt(1.6666666666666665 * (-0.00006240700394339452 + t1 * t1));
    for (let i = 0; i < 72; i++) {
      const t2 = sphere(scalar_4 * u_Medium69_xrxfvp_nodes[i]);
      const t3 = array[i] * (t2 * t2);
      array_2[i] = t3;
      const t4 = array_6[i] * t2;
      array_7[i] = t4;
    }
    for (let i = 0; i < 4; i++) {
      let t5 = 0;
      let t6 = 0;
      for (let j = 0; j < 72; j++) {
        t5 += array_2[j] * response_energy_Bolometer[i * 72 + j];
        t6 += array_7[j] * response_energy_Bolometer[i * 72 + j];
      }
      events_nu_mu_Medium[i] = t5;
      events_nu_mu_Medium_3[i] = t6;
    }
  }

  // Once: free of parameters.
  function stage8() {
    for (let i = 0; i < 4; i++) {
      const t1 = -observed_Run[i];
      array_8[i] = t1;
    }
    numbers[12] = 24 / norm_Flat;
  }

  // Reads Run.Flat.
  function stage10() {
    for (let i = 0; i < 4; i++) {
      const t1 = numbers[4] * shape_Flat[i];
      counts_Flat[i] = t1;
    }
  }

  // Reads Medium.Rn, Run.flux, Weak.s2w.
  function stage11() {
    for (let i = 0; i < 4; i++) {
      const t1 = numbers[5] * (events_nu_mu_Medium[i] + numbers[6] * events_nu_mu_Medium_2[i] + numbers[7] * events_nu_mu_Medium_3[i]);
      counts_CEvNS[i] = t1;
    }
  }

  // Once: free of parameters.
  function stage12() {
    scalar_15 = 1;
    for (let i = 0; i < 4; i++) {
      const t1 = numbers[3] * shape_Flat[i];
      derivative_3[i] = t1;
    }
  }

  // Reads Medium.Rn.
  function stage13() {
    for (let i = 0; i < 4; i++) {
      const t1 = -2 * events_nu_mu_Medium_3[i];
      array_9[i] = t1;
    }
  }

  // Reads Weak.s2w.
  function stage14() {
    scalar_14 = -4 * (0.5 + -2 * numbers[2]);
  }

  // Reads Medium.Rn, Weak.s2w.
  function stage15() {
    for (let i = 0; i < 4; i++) {
      const t1 = 3216594496094790700 * (events_nu_mu_Medium[i] + numbers[6] * events_nu_mu_Medium_2[i] + numbers[7] * events_nu_mu_Medium_3[i]);
      derivative_2[i] = t1;
    }
  }

  // Reads Medium.Rn, Run.flux, Weak.s2w.
  function stage16() {
    for (let i = 0; i < 4; i++) {
      const t1 = numbers[5] * (array_9[i] + scalar_14 * events_nu_mu_Medium_2[i]);
      derivative[i] = t1;
    }
  }

  // The stages that most evaluations run, in WebAssembly:
  // stage2 Reads Run.Flat.
  // stage3 Reads Run.flux.
  // stage4 Reads Weak.s2w.
  // stage5 Reads Run.flux, Weak.s2w.
  // stage6 Reads Medium.Rn, Run.Flat, Run.flux, Weak.s2w.
  // stage7 Reads Medium.Rn, Run.Flat, Run.flux, Weak.s2w.
  // stage9 Reads Medium.Rn, Run.Flat, Run.flux, Weak.s2w.
  const code = Uint8Array.from(atob("AGFzbQEAAAABCgJgAnx8AXxgAAACJwIEaG9zdAZtZW1vcnkCAAEEaG9zdA9wb2lzc29uRGV2aWFuY2UAAAMLCgEBAQEBAQEBAQEHIwMHY291bnRzMAAIC2xpa2VsaWhvb2QxAAkHc2xvcGVzMgAKCtkMChwAQQBBACsDGEQAAAAAAADwP0EAKwMAoKI5AyALIABBAERyGnPT0VHGQ0QAAAAAAADwP0EAKwMIoKI5AygLMAEBfEQAAAAAAADgP0QAAAAAAAAAwEEAKwMQoqAhAEEAIAAgAKI5AzBBACAAOQM4CxIAQQBBACsDEEEAKwMIoDkDQAuNAQIBfwl7QQD9CgMgIQFBAP0KAyghA0EA/QoDMCEFQQD9CgM4IQdBACEAA0AgAP0AA5ABIQIgAP0AA7ABIQQgAP0AA9ABIQYgAP0AA/ABIQggASAC/fIBIAMgBCAFIAb98gH98AEgByAI/fIB/fAB/fIB/fABIQkgACAJ/QsDkAIgAEEQaiIAQSBJDQALC+wFBAF7AX8OewJ8/QwAAAAAAAAAAAAAAAAAAAAAIQBBACEBA0AgAf0AA5ACIQIgAf0AA7ACIQMgAiEEIAMhBf0MWfP4wh9upQFZ8/jCH26lASAE/Un9xAFBA0YEeyAF/QxZ8/jCH26lAVnz+MIfbqUB/fcBIQYgBiAE/dEB/QwAAAAAAAAIAAAAAAAAAAgA/c4B/QwAAAAAAADw/wAAAAAAAPD//U4hByAEIAf9zgEhCCAGIAj98AEhCSAGIAj98QEgCf3zASEKIAogCv3yASELIAsgC/3yASEMIAwgDP3yASENIA0gDf3yASEO/QwAAAAAAAAAQAAAAAAAAABAIAkgC/3yAf0MAAAAAAAA8D8AAAAAAADwP/0MAAAAAAAA8D8AAAAAAADwPyAK/fABIAr98gH9DFVVVVVVVdU/VVVVVVVV1T8gC/0MmpmZmZmZyT+amZmZmZnJP/3yAf3wASAM/QySJEmSJEnCP5IkSZIkScI/IAv9DBzHcRzHcbw/HMdxHMdxvD/98gH98AH98gH98AEgDf0MRhdddNFFtz9GF1100UW3PyAL/QwUO7ETO7GzPxQ7sRM7sbM//fIB/fABIAz9DBEREREREbE/ERERERERsT8gC/0MHh4eHh4erj8eHh4eHh6uP/3yAf3wAf3yAf3wAf3yAf3wASAO/Qwor6G8hvKqPyivobyG8qo/IAv9DBiGYRiGYag/GIZhGIZhqD/98gH98AH98gH98AH98gH98AH98gEgBCAI/fEB/fABIAYgByAH/Q0EBQYHDA0ODwQFBgcMDQ4P/f4B/fIB/QzvOfr+Qi6mPu85+v5CLqY+/fIB/fAB/fIBBSAE/SEAIAX9IQAQAP0UIAT9IQEgBf0hARAA/SIBCyEPIAAgD/3wASEAIAFBEGoiAUEgSQ0ACyAA/SEAIAD9IQGgIRBEuB6F61G4zr9BACsDEKBBACsDCKAhEUEAIBBEAAAAAAAAWUAgESARoqKgOQNIC/MDBAR7AX8KewZ8/QwAAAAAAAAAAAAAAAAAAAAAIQD9DAAAAAAAAAAAAAAAAAAAAAAhAf0MAAAAAAAAAAAAAAAAAAAAACEC/QwAAAAAAAAAAAAAAAAAAAAAIQP9DAAAAAAAAPA/AAAAAAAA8D8hBUEA/QoDMCEMQQD9CgM4IQ1BACEEA0AgBP0AA9ACIQYgBP0AA5ACIQcgBSAGIAf98wH98AEhCCAE/QAD8AEhCSAAIAkgCP3yAf3wASEAIAT9AAPQASEKIAEgCiAI/fIB/fABIQEgBP0AA7ABIQsgAiALIAwgCv3yAf3wASANIAn98gH98AEgCP3yAf3wASECIAT9AAOQASEOIAMgDiAI/fIB/fABIQMgBEEQaiIEQSBJDQALIAD9IQAgAP0hAaAhDyAB/SEAIAH9IQGgIRAgAv0hACAC/SEBoCERIAP9IQAgA/0hAaAhEkQAAAAAAABpQES4HoXrUbjOv0EAKwMQoEEAKwMIoKIhE0QAAAAAAADwP0EAKwMIoCEUQQAgE0QAAAAAAAAAwERyGnPT0VHWQyAUoiAPokRyGnPT0VHmQyAUokQAAAAAAADgP0QAAAAAAAAAwEEAKwMQoqCiIBCioKKgOQNQQQAgE0RyGnPT0VHWQyARoqA5A1hBAEEAKwNgIBKiOQNoC0MAQQAoAnBBCHEEQBABC0EAKAJwQQRxBEAQAgtBACgCcEECcQRAEAMLQQAoAnBBBnEEQBAEC0EAKAJwQQ9xBEAQBQsLDwBBACgCdEEPcQRAEAYLCw8AQQAoAnhBD3EEQBAHCws="), (byte) => byte.charCodeAt(0));
  const host = { memory, poissonDeviance };
  const { counts0, likelihood1, slopes2 } = new WebAssembly.Instance(new WebAssembly.Module(code), { host }).exports;

  // A bit for each parameter that moved since a group of stages ran; the highest one when it never ran.
  const dirty = new Int32Array(memory.buffer, 112, 5).fill(-1);
  const last = new Float64Array(4).fill(Number.NaN);

  // Takes over the parameters and notes which of them moved.
  function mark(x) {
    let any = false;
    let moved0 = 0;
    for (let i = 0; i < 4; i++) {
      if (x[i] === last[i]) continue;
      last[i] = x[i];
      moved0 |= 1 << (i - 0);
    }
    any = any || moved0 !== 0;
    for (let i = 0; i < 5; i += 1) dirty[i] |= moved0;
    if (!any) return;
    p_Medium_Rn = x[0] * 0.005067730717679395;
    numbers[2] = x[1];
    numbers[1] = x[2];
    numbers[0] = x[3];
  }

  // Totals and constraints.
  function runCounts() {
    if ((dirty[0] & -2147483648) !== 0) stage0();
    if ((dirty[0] & 1) !== 0) stage1();
    counts0();
    dirty[0] = 0;
  }

  // chi^2 at the data.
  function runLikelihood() {
    likelihood1();
    dirty[1] = 0;
  }

  // Derivatives of chi^2.
  function runSlopes() {
    if ((dirty[2] & -2147483648) !== 0) stage8();
    slopes2();
    dirty[2] = 0;
  }

  // Components and channels.
  function runDetail() {
    if ((dirty[3] & 8) !== 0) stage10();
    if ((dirty[3] & 7) !== 0) stage11();
    dirty[3] = 0;
  }

  // Derivatives of the counts.
  function runJacobian() {
    if ((dirty[4] & -2147483648) !== 0) stage12();
    if ((dirty[4] & 1) !== 0) stage13();
    if ((dirty[4] & 2) !== 0) stage14();
    if ((dirty[4] & 3) !== 0) stage15();
    if ((dirty[4] & 7) !== 0) stage16();
    dirty[4] = 0;
  }

  // Totals and constraints.
  function update(x) {
    mark(x);
    runCounts();
  }

  const constraintSlopes = [new Float64Array(3)];
  const slopes = {
    parameters: [1, 2, 3],
    experiments: {
      Run: [derivative, derivative_2, derivative_3],
    },
    constraints: constraintSlopes,
  };

  let seen;

  // Takes over the data.
  function observe(data) {
    if (data === seen) return;
    seen = data;
    observed_Run.set(data[0].counts);
    dirty[1] = -1; dirty[2] = -1;
  }

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
      update(x);
      runLikelihood();
      runSlopes();
      runDetail();
      return counts;
    },
    totals(x) {
      update(x);
      return totals;
    },
    constrained(x) {
      update(x);
      return Float64Array.of(numbers[8]);
    },
    forget() {
      for (const i of [3, 2, 1]) last[i] = Number.NaN;
    },
    likelihood: {
      value(x, data) {
        observe(data);
        update(x);
        runLikelihood();
        return numbers[9];
      },
      parameters: [1, 2, 3],
      gradient(x, data, out) {
        observe(data);
        update(x);
        runLikelihood();
        runSlopes();
        out[1] = numbers[10];
        out[2] = numbers[11];
        out[3] = numbers[13];
      },
    },
    jacobian(x) {
      update(x);
      runLikelihood();
      runSlopes();
      runDetail();
      runJacobian();
      constraintSlopes[0][0] = scalar_15;
      constraintSlopes[0][1] = scalar_15;
      return slopes;
    },
  };
}

return { createAngle };
