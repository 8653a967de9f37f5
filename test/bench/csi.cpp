// The CsI likelihood by hand, staged as well as it can be: whatever does not depend on the fitted parameters is read
// from the file in the first argument and folded together once. Build: g++ -O3 -march=native csi.cpp -o csi.
//
// Commands on standard input, one a line:
//   chi2 RnCs RnI s2w g M norm SSB BRN NIN   prints chi^2
//   time N                                   prints nanoseconds per evaluation; every call moves every parameter
//   poisson N                                the same of the Poisson terms alone
#include <chrono>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace {

constexpr int kLight = 9, kTime = 11, kBins = kLight * kTime, kPadded = 12, kMostNodes = 512;

using Lists = std::map<std::string, std::vector<double>>;

Lists readLists(const char* path) {
  std::ifstream in(path);
  Lists lists;
  std::string name;
  std::size_t size;
  while (in >> name >> size) {
    std::vector<double>& values = lists[name];
    values.resize(size);
    for (double& value : values) in >> value;
  }
  return lists;
}

struct Isotope {
  int nodes = 0;
  double Z = 0, N = 0;
  alignas(64) double q[kMostNodes], q2[kMostNodes];
  // Z Fp; 3 Z Fp; 3 N exp(-(q s)^2/2)/q^3, the part of N Fn that does not move.
  alignas(64) double proton[kMostNodes], neutron[kMostNodes];
  // Flux integral, node weight and number of atoms of nu_e, of the prompt line and of nubar_mu.
  alignas(64) double weight[3][kMostNodes];
  alignas(64) double response[kMostNodes][kPadded];
};

struct Parameters {
  double radius[2], s2w, g, M, norm, background[3];
};

Isotope isotopes[2];
double surface, fermi, hbarc, offset[2], rho, neutronCoupling;
alignas(64) double fractions[3][kTime], background[3][kBins], observed[kBins], constant;

double helmRadius(double R) {
  return std::sqrt(5.0 / 3.0 * ((R / hbarc) * (R / hbarc) - 3 * surface * surface));
}

void load(const char* path) {
  const Lists lists = readLists(path);
  const auto at = [&](const std::string& name) -> const std::vector<double>& { return lists.at(name); };
  hbarc = at("hbarc")[0];
  surface = at("surface")[0];
  fermi = at("fermi")[0];
  offset[0] = at("proton")[0];
  offset[1] = at("proton")[1];
  rho = at("proton")[2];
  neutronCoupling = at("neutron")[0];
  for (int z = 0; z < 3; z++) {
    for (int j = 0; j < kTime; j++) fractions[z][j] = at("time")[z * kTime + j];
    for (int b = 0; b < kBins; b++) background[z][b] = at("background" + std::to_string(z))[b];
  }
  constant = 0;
  for (int b = 0; b < kBins; b++) {
    observed[b] = at("observed")[b];
    if (observed[b] > 0) constant += observed[b] * std::log(observed[b]) - observed[b];
  }
  const char* names[] = {"Cs133", "I127"};
  for (int i = 0; i < 2; i++) {
    const std::string name = names[i];
    Isotope& one = isotopes[i];
    one.Z = at(name + ".numbers")[0];
    one.N = at(name + ".numbers")[1];
    const double R0 = helmRadius(at(name + ".numbers")[2]);
    one.nodes = static_cast<int>(at(name + ".q").size());
    for (int k = 0; k < one.nodes; k++) {
      const double q = at(name + ".q")[k], x = q * R0;
      const double skin = std::exp(-(q * surface) * (q * surface) / 2);
      one.q[k] = q;
      one.q2[k] = q * q;
      one.proton[k] = one.Z * 3 * (std::sin(x) - x * std::cos(x)) / (x * x * x) * skin;
      one.neutron[k] = 3 * one.N * skin / (q * q * q);
      for (int z = 0; z < 3; z++) one.weight[z][k] = at(name + ".weights")[k * 3 + z];
      for (int b = 0; b < kPadded; b++)
        one.response[k][b] = b < kLight ? at(name + ".response")[k * kLight + b] : 0;
    }
  }
}

// Counts per bin of light of each species, added to `events`.
void addEvents(const Isotope& one, double radius, const Parameters& p, double (*events)[kPadded]) {
  alignas(64) double ball[kMostNodes], density[3][kMostNodes];
  const double R0 = helmRadius(radius), inverse = 1 / (R0 * R0 * R0);
  for (int k = 0; k < one.nodes; k++) {
    const double x = one.q[k] * R0;
    ball[k] = std::sin(x) - x * std::cos(x);
  }
  const double g2 = 3 * p.g * p.g / (std::sqrt(2.0) * fermi), M2 = p.M * p.M;
  const double tree = rho * (0.5 - 2 * p.s2w), ge = offset[0] + tree, gm = offset[1] + tree;
  for (int k = 0; k < one.nodes; k++) {
    const double neutrons = one.neutron[k] * inverse * ball[k], protons = one.proton[k];
    const double both = neutronCoupling * neutrons + g2 / (one.q2[k] + M2) * (protons + neutrons);
    const double e = ge * protons + both, m = gm * protons + both;
    density[0][k] = one.weight[0][k] * e * e;
    density[1][k] = one.weight[1][k] * m * m;
    density[2][k] = one.weight[2][k] * m * m;
  }
  double sums[3][kPadded] = {};
  for (int k = 0; k < one.nodes; k++)
    for (int z = 0; z < 3; z++)
      for (int b = 0; b < kPadded; b++) sums[z][b] += density[z][k] * one.response[k][b];
  for (int z = 0; z < 3; z++)
    for (int b = 0; b < kPadded; b++) events[z][b] += sums[z][b];
}

double poisson(const double* expected) {
  double sum = 0;
  for (int b = 0; b < kBins; b++)
    if (observed[b] > 0) sum -= observed[b] * std::log(expected[b]);
  for (int b = 0; b < kBins; b++) sum += expected[b];
  return 2 * (sum + constant);
}

alignas(64) double expected[kBins];

double chi2(const Parameters& p) {
  double events[3][kPadded] = {};
  for (int i = 0; i < 2; i++) addEvents(isotopes[i], p.radius[i], p, events);
  const double signal = 1 + p.norm;
  for (int i = 0; i < kLight; i++) {
    const double e = signal * events[0][i], m = signal * events[1][i], a = signal * events[2][i];
    for (int j = 0; j < kTime; j++) {
      const int b = i * kTime + j;
      expected[b] = e * fractions[0][j] + m * fractions[1][j] + a * fractions[2][j] +
                    (1 + p.background[0]) * background[0][b] + (1 + p.background[1]) * background[1][b] +
                    (1 + p.background[2]) * background[2][b];
    }
  }
  constexpr double sigma[] = {0.021, 0.25, 0.35};
  double sum = poisson(expected) + (p.norm / 0.12) * (p.norm / 0.12);
  for (int z = 0; z < 3; z++) sum += (p.background[z] / sigma[z]) * (p.background[z] / sigma[z]);
  return sum;
}

volatile double sink;

template <typename F>
double nanoseconds(int calls, F&& call) {
  const auto start = std::chrono::steady_clock::now();
  double sum = 0;
  for (int i = 0; i < calls; i++) sum += call(i);
  const auto end = std::chrono::steady_clock::now();
  sink = sum;
  return std::chrono::duration<double, std::nano>(end - start).count() / calls;
}

Parameters moved(const Parameters& at, int step) {
  const double d = 1e-4 * (step % 7), f = 1 + d;
  Parameters p = {{at.radius[0] * f, at.radius[1] * f}, at.s2w * f, at.g * f, at.M * f, d, {d, d, d}};
  return p;
}

}  // namespace

int main(int, char** argv) {
  load(argv[1]);
  const Parameters start = {{5.09, 5.03}, 0.23857, 1e-4, 10, 0, {0, 0, 0}};
  std::string line;
  while (std::getline(std::cin, line)) {
    std::istringstream words(line);
    std::string command;
    words >> command;
    double answer = 0;
    if (command == "chi2") {
      Parameters p;
      words >> p.radius[0] >> p.radius[1] >> p.s2w >> p.g >> p.M >> p.norm;
      for (double& one : p.background) words >> one;
      answer = chi2(p);
    } else {
      int calls = 0;
      words >> calls;
      if (command == "time") answer = nanoseconds(calls, [&](int i) { return chi2(moved(start, i)); });
      if (command == "poisson")
        answer = nanoseconds(calls, [&](int i) {
          expected[i % kBins] += 1e-9;
          return poisson(expected);
        });
    }
    std::printf("%.17g\n", answer);
    std::fflush(stdout);
  }
}
