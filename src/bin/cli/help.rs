//! What is said to those who ask how.

/// All of it.
pub const HELP: &str = "\
Optimizers on loss surfaces, the same bits as on the page.

  descent-lab trace --surface rosenbrock --start=-1.5,2 --steps 120 \\
                    --run 'adam:lr=0.05,beta2=0.97' [--run …] [--edit 1@60:lr=0.01]
                    [--seed 7] [--noise 0.1] [--format csv|json]
  descent-lab trace --link '#v=1&surface=…&run=…'      what a link of the page shows
  descent-lab trace --link '…' --check   the link with what its runs come to (check=), in place of the traces
  descent-lab trace --surface 'custom(a=2)' --f 'x^2 + a y^4' --run adam   a function of your own
  descent-lab trace --surface beale --transform rotate=30,scale_x=2 --run sgd   turned, scaled; also shift_x, tilt_x …
  descent-lab trace --problem 'matrix_lsq(k=4)' --run muon   a matrix in place of a surface, with a start of its own
  descent-lab trace --network 8-8 --data 'spiral(noise=0.1)' --run adam:lr=0.01,batch=16   trains a network
  descent-lab render --link '#v=1&…' --out fig.svg|fig.png [--what stage|charts|both] [--size 800x600]
                     [--theme light|dark|print|projector] [--frame paper|page] [--step 120] [--open 1]
                     [--scale 2] [--exact] [--quiet]      what a link shows, as a figure; --surface, --run and all other words of links
                                      instead of --link; --frame page is the stage from edge to edge, as the page has it;
                                      --exact: the view and nothing around it
  descent-lab export --link '#…' --to pytorch|optax|numpy|csv|json [--run N] [--out FILE] [--quiet]
                                                       a run as a Python script that checks itself against ours
  descent-lab list [surfaces|problems|optimizers|schedules|modifiers] [--format text|json]

What a link says of runs is an option of the same name (all words: --link). csv has the header
run,step,x,y,loss,grad_norm,lr,evaluations and a row a step; on a matrix, x0,x1,… row after row in place of
x,y; on a network run,step,loss,test_loss,accuracy,test_accuracy,batch_loss,grad_norm,lr,evaluations, where
what is measured only now and then is empty in between; json has its final weights. Where a link has a check= that
its runs do not meet any more, trace says so on standard error and ends with status 3. A run that diverged ends with its
last finite row, and the reason goes to standard error. So do words of a link that could not be used, and what --out wrote,
which --quiet leaves out.

The status at the end is 0 if all went well; 1 if the output could not be printed; 2 if the arguments were wrong, nothing of
the link was understood, or there is no such figure, script or file; 3 if the link's check= is not met.

  -h, --help       this text; also: help
  -V, --version    the version
";

/// What is said to those who give no command.
pub const USAGE: &str = "\
usage: descent-lab trace --run adam:lr=0.05     the numbers of runs
       descent-lab render --link '#…' --out fig.svg     a figure
       descent-lab export --link '#…' --to pytorch     a script
       descent-lab list     what there is
       descent-lab --help     everything";
