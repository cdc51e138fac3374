import org.codelibs.opensearch.runner.OpenSearchRunner;

/** A node of the test cluster, on loopback: NUMBER FOLDER CLUSTER HTTP TRANSPORT [SETTING=VALUE...]; node 1's ports. */
class Node {
    static final int NODES = 3;

    public static void main(String[] args) throws InterruptedException {
        int number = Integer.parseInt(args[0]);
        int http = Integer.parseInt(args[3]);
        int transport = Integer.parseInt(args[4]);
        String[] hosts = new String[NODES];
        String[] names = new String[NODES];
        for (int i = 0; i < NODES; i++) {
            hosts[i] = "127.0.0.1:" + (transport + i);
            names[i] = "n" + (i + 1);
        }
        new OpenSearchRunner().onBuild((index, settings) -> {
            settings.put("node.name", names[number - 1]);
            settings.put("network.host", "127.0.0.1");
            settings.put("http.port", http + number - 1);
            settings.put("transport.port", transport + number - 1);
            settings.put("discovery.type", "zen");
            settings.putList("discovery.seed_hosts", hosts);
            settings.putList("cluster.initial_cluster_manager_nodes", names);
            // A test machine's full disk is not what is tested, and the monitor would lift the block that a test sets.
            settings.put("cluster.routing.allocation.disk.threshold_enabled", false);
            for (int i = 5; i < args.length; i++) {
                String[] pair = args[i].split("=", 2);
                settings.put(pair[0], pair[1]);
            }
        }).build(OpenSearchRunner.newConfigs().basePath(args[1]).clusterName(args[2]).numOfNode(1));
        Thread.currentThread().join();
    }
}
