import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.util.Map;

/** Questions on the input, one a line: {@code WHAT SECONDS}; an answer is one line of JSON. */
final class Questions {
    /** Measures for about this number of seconds. */
    interface Measure {
        String of(double seconds) throws Exception;
    }

    /** Something that is called again and again. */
    interface Work {
        Object run() throws Exception;
    }

    private static Object kept;

    private Questions() {}

    /** Answers each line until the input ends. */
    static void answerEach(Map<String, Measure> measures) throws IOException {
        System.out.println("{\"ready\":true}");
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            String[] words = line.split(" ");
            String answer;
            try {
                Measure measure = measures.get(words[0]);
                if (measure == null) {
                    throw new IllegalArgumentException("the package has no " + words[0]);
                }
                answer = measure.of(Double.parseDouble(words[1]));
            } catch (Exception | LinkageError e) {
                answer = "{\"error\":\"" + e.toString().replaceAll("[\"\\\\\\p{Cntrl}]", " ") + "\"}";
            }
            System.out.println(answer);
        }
    }

    /** Nanoseconds of processor time of this process; what other processes do does not count in it. */
    static long processor() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** Nanoseconds of processor time that a call takes. The compiler has seen it often before it is timed. */
    static Measure timed(Work work) {
        boolean[] warm = {false};
        return seconds -> {
            if (!warm[0]) {
                run(work, 2.0);
                warm[0] = true;
            }
            return "{\"ns\":" + run(work, seconds) + "}";
        };
    }

    private static double run(Work work, double seconds) throws Exception {
        long calls = 0;
        long batch = 1;
        long begun = processor();
        while (true) {
            for (long i = 0; i < batch; i++) {
                kept = work.run();
            }
            calls += batch;
            long taken = processor() - begun;
            if (taken >= seconds * 1e9) {
                return (double) taken / calls;
            }
            // The clock is read about a hundred times. It is coarse: a short time may be none yet.
            double wanted = seconds * 1e9 / 100 / (Math.max(taken, 1) / (double) calls);
            batch = (long) Math.max(1, Math.min(wanted, 2.0 * batch));
        }
    }
}
