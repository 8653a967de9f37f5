"""The CsI likelihood as analysis codes compute it in NumPy: for every bin of light the double integral over recoil and
neutrino energy of flux x cross-section x response, anew at every parameter point. The integrand is vectorised over both
energies; the response matrix and the time fractions are tabulated once, which favours this code.

Commands on standard input, one a line:
  chi2 RnCs RnI s2w g M norm SSB BRN NIN   prints chi^2
  time N                                   prints nanoseconds per evaluation; every call moves every parameter
"""

import json
import sys
import time

import numpy as np

with open(sys.argv[1]) as file:
    data = json.load(file)

fractions = np.array(data["fractions"])
backgrounds = np.array(data["backgrounds"]).reshape(3, 9, 11)
observed = np.array(data["observed"]).reshape(9, 11)
sigmas = np.array(data["sigmas"])
nodes, weights = np.polynomial.legendre.leggauss(data["energyOrder"])
nodes, weights = (nodes + 1) / 2, weights / 2
for isotope in data["isotopes"]:
    for name in ("T", "w", "response"):
        isotope[name] = np.array(isotope[name])


def helm(q, radius):
    R = radius * data["femtometre"]
    x = q * np.sqrt(5 / 3 * (R**2 - 3 * data["surface"] ** 2))
    return 3 * (np.sin(x) / x - np.cos(x)) / x**2 * np.exp(-((q * data["surface"]) ** 2) / 2)


def cross_section(isotope, E, T, muon, radius, s2w, g, M):
    q = np.sqrt(2 * isotope["M"] * T)
    protons = isotope["Z"] * helm(q, isotope["Rp"])
    neutrons = isotope["N"] * helm(q, radius)
    gp = data["rho"] * (0.5 - 2 * s2w) + data["protonOffsets"][muon]
    light = 3 * g**2 / (np.sqrt(2) * data["G_F"] * (q**2 + M**2))
    charge = gp * protons + data["neutronCoupling"] * neutrons + light * (protons + neutrons)
    kinematics = 1 - isotope["M"] * T / (2 * E**2)
    return data["G_F"] ** 2 * isotope["M"] / np.pi * kinematics * charge**2


def spectrum(species, E):
    x = E / data["m_mu"]
    if species == 0:
        return 192 * x**2 * (1 / 2 - x) / data["m_mu"]
    return 64 * x**2 * (3 / 4 - x) / data["m_mu"]


def events(isotope, species, light_bin, radius, s2w, g, M):
    T = isotope["T"]
    least = (T + np.sqrt(T * (T + 2 * isotope["M"]))) / 2
    if species == 1:
        E = data["promptEnergy"]
        flux = np.where(least <= E, cross_section(isotope, E, T, 1, radius, s2w, g, M), 0)
    else:
        width = data["endPoint"] - least[:, None]
        E = least[:, None] + width * nodes
        sigma = cross_section(isotope, E, T[:, None], species // 2, radius, s2w, g, M)
        flux = np.sum(width * weights * spectrum(species, E) * sigma, axis=1)
    return data["scale"] * np.sum(isotope["w"] * isotope["response"][:, light_bin] * flux)


def chi2(radii, s2w, g, M, shifts):
    signal = np.zeros((9, 11))
    for light_bin in range(9):
        for species in range(3):
            count = 0
            for isotope, radius in zip(data["isotopes"], radii):
                count += events(isotope, species, light_bin, radius, s2w, g, M)
            signal[light_bin] += count * fractions[species]
    nu = (1 + shifts[0]) * signal + np.tensordot(1 + shifts[1:], backgrounds, axes=1)
    filled = observed > 0
    logs = np.log(np.where(filled, observed / nu, 1))
    return 2 * np.sum(nu - observed + observed * logs) + np.sum((shifts / sigmas) ** 2)


def moved(step):
    d = 1e-4 * (step % 7)
    f = 1 + d
    return chi2((5.09 * f, 5.03 * f), 0.23857 * f, 1e-4 * f, 10 * f, np.full(4, d))


for line in sys.stdin:
    command, *words = line.split()
    if command == "chi2":
        x = [float(word) for word in words]
        print(repr(float(chi2(x[0:2], x[2], x[3], x[4], np.array(x[5:9])))), flush=True)
    elif command == "time":
        start = time.perf_counter_ns()
        for step in range(int(words[0])):
            moved(step)
        print((time.perf_counter_ns() - start) / int(words[0]), flush=True)
